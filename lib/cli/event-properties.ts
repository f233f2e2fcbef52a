// The properties of an event that somebody writes on the command line, held against the vocabulary: a name that is spelt wrongly would
// concern nobody, and nothing would say so.
import { isOfType } from '#lib/compiler/checks/operator-types.ts';
import { isRecord } from '#lib/contracts/segment-call.ts';
import { eventProperties, type Vocabulary } from '#lib/journey/vocabulary.ts';
import { CommandProblem } from './command-problem.ts';
import { suggestion } from './names.ts';

/** @throws CommandProblem for text that is no JSON object, and for properties that the event does not have or that are of another type. */
export function readProperties(
  text: string,
  event: string,
  vocabulary: Vocabulary | undefined,
): Readonly<Record<string, unknown>> {
  const properties = parsed(text);
  const declared = (vocabulary && eventProperties(vocabulary, event)) ?? {};
  for (const [name, value] of Object.entries(properties)) {
    const type = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (type === undefined)
      throw new CommandProblem(
        `the event "${event}" has no property "${name}"`,
        suggestion(name, Object.keys(declared)),
      );
    // Conditions compare with one of another type, and it would concern nobody.
    if (isSingle(value) && !isOfType(value, type))
      throw new CommandProblem(
        `"${name}" of "${event}" is of type ${type}: ${JSON.stringify(value)} is none`,
      );
  }
  return properties;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  const hint = 'Such as --properties \'{"product_id":"p1"}\'.';
  let properties: unknown;
  try {
    properties = JSON.parse(text);
  } catch {
    throw new CommandProblem('--properties is no JSON', hint);
  }
  if (!isRecord(properties)) throw new CommandProblem('--properties is no object', hint);
  return properties;
}

function isSingle(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
