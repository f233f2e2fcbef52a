// The schedule of every minute asks who is due. On a laptop weeks pass in seconds, and most minutes would find nothing: those are passed
// over. What could be found is known here, from what is written into the table and from the workspace.
import type { DocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { ATTRIBUTES, DOCUMENT_SORT_KEY, KEYS } from '#lib/contracts/profiles-table.ts';
import { functionName } from '#lib/contracts/deployment-names.ts';
import { fromMillis, parseInstant, toMillis } from '#lib/contracts/time.ts';
import { nextScheduled } from '#lib/engine/use-cases/let-in-by-time.ts';
import type { Workspace } from '#lib/engine/workspace.ts';

/**
 * So many messages of customers who are to be looked at may wait when the next minute asks who is due: as many as are read at once (three
 * calls of ten).
 */
const MOST_WAITING = 30;

/**
 * Which firings are passed over: those of the schedule that asks who is due, where the minute would find nothing, or those whom former
 * ones have found still wait. A minute hands everybody on again who was not looked at within ten; of a day that passes in a minute that
 * is half a second, and the queue would fill with the same customers for as long as there is more to do than time for it. The next minute
 * makes up for those that are passed over. Schedules that clients have made fire whenever they are due, and say nothing about what the
 * minutes know.
 * @param waiting messages that wait to be read by whoever looks.
 */
export function passesOver(
  minutes: Pick<Minutes, 'isEmpty'>,
  deployment: string,
  waiting: () => number,
): (schedule: string, instant: number) => boolean {
  const ofMinutes = functionName(deployment, 'find-due');
  return (schedule, instant) =>
    schedule === ofMinutes && (waiting() > MOST_WAITING || minutes.isEmpty(instant));
}

export class Minutes {
  readonly #workspace: Workspace;
  /** Customer's partition → when somebody should look, in milliseconds. */
  readonly #looks = new Map<string, number>();
  /** Up to when the minutes have been asked. */
  #asked: number | undefined;
  /** Something waits to be seen by the next minute: the first one of this start, a switch, a deployment that settles. */
  #isAwaited = true;
  #schedule: { readonly after: number; readonly next: number | undefined } | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Something was written into the table; undefined: the item is gone. */
  note(partition: string, sort: string, item: DocumentImage | undefined): void {
    if (sort === DOCUMENT_SORT_KEY) {
      const look = parseInstant(item?.[ATTRIBUTES.lookAt]?.S);
      if (look === undefined) this.#looks.delete(partition);
      else this.#looks.set(partition, toMillis(look));
    } else if (partition === KEYS.deployment) {
      // The clock of the deployment, written by every minute that went well: a change that settles is in it, and has to be seen again.
      this.#isAwaited = sort !== 'CLOCK' || item?.['clock']?.S?.includes('"changed"') === true;
    }
  }

  /** Whether the minute that begins at the instant would find nothing. One that is not passed over takes place. */
  isEmpty(instant: number): boolean {
    const isEmpty = !this.#isAwaited && this.#nextLook() > instant && this.#nextSchedule() > instant;
    if (!isEmpty) {
      this.#asked = instant;
      // Until it has written the clock: one that fails is made up by the next.
      this.#isAwaited = true;
    }
    return isEmpty;
  }

  /** When a minute would find something; undefined: it does not know of anything. */
  next(): number | undefined {
    const next = Math.min(this.#nextLook(), this.#nextSchedule());
    return Number.isFinite(next) ? next : undefined;
  }

  #nextLook(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const look of this.#looks.values()) first = Math.min(first, look);
    return first;
  }

  #nextSchedule(): number {
    const after = this.#asked;
    if (after === undefined) return Number.NEGATIVE_INFINITY;
    if (this.#schedule?.after !== after) {
      const at = nextScheduled(this.#workspace, fromMillis(after))?.at;
      this.#schedule = { after, next: at === undefined ? undefined : toMillis(at) };
    }
    return this.#schedule.next ?? Number.POSITIVE_INFINITY;
  }
}
