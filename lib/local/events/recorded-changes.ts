// What clients change on buses after the deployment, so that it is the same after a restart.
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';

/** An operation that has succeeded, with its input as it came. */
const changeSchema = z.object({ operation: z.string(), input: z.json() });
type Change = z.infer<typeof changeSchema>;

export interface RecordedChanges {
  /** The operations, each of which is in the journal before it is acknowledged. */
  readonly operations: Readonly<Record<string, JsonOperation>>;
  /** Makes the changes again, in their order, that were made before a restart: what they are about has to be deployed first. */
  begin(): void;
}

/** `operations`: each is done when it returns, and throws ServiceError where it refuses. `afterwards`: called after each change. */
export function recordChanges(
  journal: Journal,
  journalPart: string,
  operations: Readonly<Record<string, JsonOperation>>,
  afterwards: () => void,
): RecordedChanges {
  const changes: Change[] = [];
  const restored: Change[] = [];
  journal.register({
    name: journalPart,
    restore: (record) => {
      const change = changeSchema.parse(record);
      changes.push(change);
      restored.push(change);
    },
    snapshot: () => changes,
  });
  const recorded = (operation: string, run: JsonOperation): JsonOperation => {
    return (input) => {
      const answer = run(input);
      afterwards();
      const change: Change = { operation, input: input as Change['input'] };
      journal.append(journalPart, change);
      changes.push(change);
      return answer;
    };
  };
  return {
    operations: Object.fromEntries(
      Object.entries(operations).map(([operation, run]) => [operation, recorded(operation, run)]),
    ),
    begin: () => {
      for (const { operation, input } of restored.splice(0)) {
        try {
          operations[operation]?.(input);
        } catch (error) {
          // It does not fit to what is deployed now: its bus, rule or target is no more.
          if (!(error instanceof ServiceError)) throw error;
        }
      }
      afterwards();
    },
  };
}
