/**
 * The limit of Step Functions that a journey must keep: the size of its state machines. All others, a year and 25,000 events for
 * an execution, are met by going on in another one (lib/engine/rules/leg-limits.ts).
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
import type { CompiledJourney } from './compile.ts';
import type { StateMachine } from './lower/asl.ts';

/** A definition may have 1 MB. */
const LONGEST_DEFINITION = 1_048_576;
/** A function's ARN, which takes the place of its placeholder at deployment, has at most 140 characters. */
const LONGEST_FUNCTION_ARN = 140;

/** The larger of a journey's machines where it is too large: bytes that it has, and may have. */
export function tooLarge({
  machine,
  resume,
}: Pick<CompiledJourney, 'machine' | 'resume'>):
  | { readonly bytes: number; readonly most: number }
  | undefined {
  const bytes = Math.max(deployedBytes(machine), resume === undefined ? 0 : deployedBytes(resume));
  return bytes <= LONGEST_DEFINITION ? undefined : { bytes, most: LONGEST_DEFINITION };
}

/** The size of a definition with the names of functions filled in. */
function deployedBytes(machine: StateMachine): number {
  const tasks = Object.values(machine.States).filter((state) => state.Type === 'Task').length;
  return bytesOf(JSON.stringify(machine)) + tasks * LONGEST_FUNCTION_ARN;
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
