// What is kept by "saveAs" has to be used somewhere, and used only where a step before may have kept it.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { parseField } from '#lib/journey/conditions/field.ts';
import { fieldsOf } from '#lib/journey/conditions/mentions.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { StepPlace } from '../step-places.ts';
import { reachableFrom, successors } from './flow-graph.ts';
import type { Check, JourneyContext } from './journey-context.ts';
import { savesAs } from './saved-names.ts';
import { untilDate } from './wait-dates.ts';

interface Use {
  readonly name: string;
  readonly path: JsonPath;
  /** Undefined where it may be used at any time: in an exit or goal. */
  readonly node: string | undefined;
}

export const savedUses: Check = function* savedUses(context) {
  const uses = [...usesOf(context)];
  yield* notKeptYet(uses, context);
  const used = new Set(uses.map(({ name }) => name));
  if (!context.whole || !areMessagesKnown(context)) return;
  for (const { step, path } of context.steps) {
    const name = savesAs(step);
    if (name !== undefined && !used.has(name))
      yield finding('saved-never-used', [...path, 'saveAs'], { name });
  }
};

/** A message that cannot be compiled may print what is kept: what it prints is not known. */
function areMessagesKnown({ steps, messages }: JourneyContext): boolean {
  return steps.every(
    ({ step }) => step.type !== 'send' || messages.get(step.message)?.savedProperties !== undefined,
  );
}

/** Every place that reads something kept, in the order of the journey. Messages that nobody keeps it for are told here. */
function* usesOf({ conditions, steps, messages, values }: JourneyContext): Generator<Use> {
  for (const { condition, path } of conditions) {
    if (condition === undefined) continue;
    for (const field of fieldsOf(condition)) {
      const [name] = field.path;
      if (field.root === 'saved' && name !== undefined)
        yield { name, path, node: stepAround(steps, path)?.node };
    }
  }
  for (const { step, path, node } of steps) {
    const date = parseField(untilDate(step)?.date ?? '');
    const [kept] = date?.root === 'saved' ? date.path : [];
    if (kept !== undefined) yield { name: kept, path: [...path, 'until', 'date'], node };
    if (step.type !== 'send') continue;
    for (const property of messages.get(step.message)?.savedProperties ?? [])
      yield { name: property.split('.', 1)[0] ?? property, path: [...path, 'message'], node };
  }
  for (const { texts, place } of values)
    for (const { read, path } of texts)
      for (const [root, name] of 'problem' in read ? [] : read.variables)
        if (root === 'saved' && name !== undefined) yield { name, path, node: place.node };
}

function* notKeptYet(uses: readonly Use[], context: JourneyContext): Generator<Finding> {
  const { flow, steps, saved, messages } = context;
  if (flow === undefined) return;
  for (const { name, path, node } of uses) {
    // Conditions and values tell an unknown name by themselves; a message is told where it is sent.
    if (!saved.has(name)) {
      const sent = steps.find((step) => step.node === node && path.at(-1) === 'message')?.step;
      if (sent?.type === 'send' && messages.has(sent.message))
        yield finding('unknown-saved', path, { name, known: [...saved.keys()] });
      continue;
    }
    if (node === undefined) continue;
    const keepers = steps.filter(({ step }) => savesAs(step) === name);
    const after = keepers.flatMap((keeper) => successors(flow, keeper.node));
    if (!after.some((next) => reachableFrom(flow, next).has(node)))
      yield finding('saved-not-kept-yet', path, { name, step: keepers[0]?.step.id ?? name });
  }
}

/** The innermost step that the path leads into. */
function stepAround(steps: readonly StepPlace[], path: JsonPath): StepPlace | undefined {
  return steps.findLast((step) => step.path.every((part, index) => path[index] === part));
}
