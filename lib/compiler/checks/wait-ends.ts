// Every wait has to say when it ends, and in one way.
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const waitEnds: Check = function* waitEnds({ steps, whole }) {
  for (const { step, path } of steps) {
    if (step.type === 'wait') {
      const endless = step.for === undefined && step.until === undefined;
      // A length that could not be read is told as such, and is missing here.
      if (endless && whole) yield finding('wait-without-end', path, { fields: ['for', 'until'] });
    }
    if (step.type === 'waitFor') {
      const { within, until } = step;
      if (within === undefined && until === undefined && whole)
        yield finding('wait-without-end', path, { fields: ['within', 'until'] });
      if (within !== undefined && until !== undefined) yield findingAtKey('two-ends', [...path, 'until'], {});
    }
  }
};
