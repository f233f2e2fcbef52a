// Texts of values have to be Liquid, and may only print what there is: else a run would go on without the value.
import { parseField } from '#lib/journey/conditions/field.ts';
import { VALUE_FIELDS, VALUE_ROOTS } from '#lib/journey/values.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { ValueText } from '../value-places.ts';
import { checkName } from './known-fields.ts';
import { NO_EVENT, type Check, type JourneyContext } from './journey-context.ts';

export const valueTexts: Check = function* valueTexts(context) {
  for (const { texts } of context.values) for (const text of texts) yield* checkText(text, context);
};

function* checkText({ read, path }: ValueText, context: JourneyContext): Generator<Finding> {
  if ('problem' in read) {
    yield finding('value-liquid', path, { problem: read.problem });
    return;
  }
  for (const [root = '', ...names] of read.variables) {
    const written = [root, ...names].map((name) => name ?? '…').join('.');
    if (!VALUE_ROOTS.includes(root)) {
      yield finding('unknown-variable', path, { name: written, root, known: VALUE_ROOTS });
      continue;
    }
    const fields = VALUE_FIELDS[root];
    const [first] = names;
    if (fields !== undefined) {
      if (first !== undefined && !fields.includes(first))
        yield finding('unknown-variable', path, { name: written, root: first, known: fields, in: root });
      continue;
    }
    // What is worked out while it is filled in, or taken as a whole, cannot be looked up.
    const known = names.slice(0, names.includes(undefined) ? names.indexOf(undefined) : undefined);
    const field = parseField([root, ...known].join('.'));
    if (field === undefined || context.settings === undefined) continue;
    yield* checkName({ field, path, at: 'value' }, NO_EVENT, context, context.settings.vocabulary);
  }
}
