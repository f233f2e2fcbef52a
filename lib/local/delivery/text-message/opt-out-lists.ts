// Numbers that want no more text messages. Every number and pool of an account uses the list `Default`, unless it was given another.
// https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list.html
import * as z from 'zod';
import type { Journal } from '../../journal/journal.ts';

export const DEFAULT_LIST = 'Default';

const entrySchema = z.strictObject({
  number: z.string(),
  /** Milliseconds of the business's clock since 1970. */
  at: z.number(),
  /** By a keyword, and not by somebody of the account. */
  byThemselves: z.boolean(),
});
export type OptedOutNumber = z.infer<typeof entrySchema>;
const recordSchema = z.union([entrySchema, z.strictObject({ removed: z.string() })]);

export class OptOutList {
  readonly #journal: Journal;
  readonly #numbers = new Map<string, OptedOutNumber>();

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.register({
      name: 'opt-out-list',
      restore: (record) => this.#apply(recordSchema.parse(record)),
      snapshot: () => [...this.#numbers.values()],
    });
  }

  all(): readonly OptedOutNumber[] {
    return [...this.#numbers.values()];
  }

  find(number: string): OptedOutNumber | undefined {
    return this.#numbers.get(number);
  }

  put(entry: OptedOutNumber): void {
    this.#write(entry);
  }

  remove(number: string): void {
    this.#write({ removed: number });
  }

  #write(record: z.infer<typeof recordSchema>): void {
    this.#journal.append('opt-out-list', record);
    this.#apply(record);
  }

  #apply(record: z.infer<typeof recordSchema>): void {
    if ('removed' in record) this.#numbers.delete(record.removed);
    else this.#numbers.set(record.number, record);
  }
}

/** Words after which AWS sends no more, whatever their letters' case. https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords.html */
const KEYWORDS: ReadonlySet<string> = new Set([
  'ARRET',
  'CANCEL',
  'END',
  'OPT-OUT',
  'OPTOUT',
  'QUIT',
  'REMOVE',
  'STOP',
  'STOPALL',
  'TD',
  'UNSUBSCRIBE',
]);

/** The word that a number is given to opt in again, where somebody has set it up as docs/feedback.md says (KeywordAction OPT_IN). */
export function isOptIn(text: string): boolean {
  return text.trim().toUpperCase() === 'START';
}

/** Only the word alone counts: "stop" in a sentence is a sentence. */
export function isOptOut(text: string): boolean {
  return KEYWORDS.has(text.trim().toUpperCase());
}
