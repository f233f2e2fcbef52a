// `best` chooses between channels, and the trait that names the preferred one has to be a text that there is.
import { BUILT_IN_TRAITS, traitType } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const bestChannel: Check = function* bestChannel({ steps, settings }) {
  for (const { step, path } of steps) {
    if (step.type !== 'send' || typeof step.channel === 'string' || !('best' in step.channel)) continue;
    const { best, preferred } = step.channel;
    const [first] = best;
    if (best.length === 1 && first !== undefined)
      yield findingAtKey('best-of-one', [...path, 'channel', 'best'], { channel: first });
    if (preferred === undefined || settings === undefined) continue;
    const name = preferred.slice('profile.'.length);
    const type = traitType(settings.vocabulary, name);
    const at = [...path, 'channel', 'preferred'];
    const known = [...Object.keys(settings.vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)];
    if (type === undefined) yield finding('unknown-trait', at, { name, known });
    else if (type !== 'text') yield finding('preferred-not-text', at, { name: preferred, type });
  }
};
