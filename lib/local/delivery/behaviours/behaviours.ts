// Who behaves how: by channel and recipient, the one set last first.
import * as z from 'zod';
import type { Json } from '../../asl/json.ts';
import type { Journal } from '../../journal/journal.ts';
import { CHANNELS, type Channel } from '../outbox/outbox-message.ts';
import { behaviourSchema, POSSIBLE, type Behaviour } from './behaviour.ts';

const behaviourRuleSchema = z.strictObject({
  channel: z.enum(CHANNELS),
  /** An address, number, token or URL, compared without regard to case; `*` stands for any text: `*`, `*@slow.example`. */
  recipient: z.string().min(1).max(500),
  behaviour: behaviourSchema,
});
export type BehaviourRule = z.infer<typeof behaviourRuleSchema>;

/** What cannot be set, in words for whoever wanted to. */
export class ImpossibleBehaviour extends Error {
  override readonly name = 'ImpossibleBehaviour';
}

export class Behaviours {
  readonly #journal: Journal;
  readonly #errors: Readonly<Record<Channel, readonly string[]>>;
  /** The one set last first. */
  #rules: readonly BehaviourRule[] = [];

  /** `errors`: names that `refuse` can be given, by channel. */
  constructor(journal: Journal, errors: Readonly<Record<Channel, readonly string[]>>) {
    this.#journal = journal;
    this.#errors = errors;
    journal.register({
      name: 'behaviours',
      restore: (record) => {
        this.#rules = z.array(behaviourRuleSchema).parse(record);
      },
      snapshot: () => [this.#rules as unknown as Json],
    });
  }

  list(): readonly BehaviourRule[] {
    return this.#rules;
  }

  /** Takes the place of what was set for the same channel and recipient. Throws ImpossibleBehaviour. */
  set(rule: BehaviourRule): void {
    const { channel, behaviour } = rule;
    const possible = POSSIBLE[channel];
    if (!possible.includes(behaviour.does))
      throw new ImpossibleBehaviour(
        possible.length === 0
          ? `No behaviour can be set for ${channel}: no provider stands between it and the customer.`
          : `"${behaviour.does}" cannot be set for ${channel}; possible are ${possible.join(', ')}.`,
      );
    const error = behaviour.does === 'refuse' ? behaviour.error : undefined;
    if (error !== undefined && !this.#errors[channel].includes(error))
      throw new ImpossibleBehaviour(
        `"${error}" is no error of ${channel}; possible are ${this.#errors[channel].join(', ')}.`,
      );
    this.#keep([rule, ...this.#without(rule)]);
  }

  /** Does nothing where none was set. */
  clear(rule: Pick<BehaviourRule, 'channel' | 'recipient'>): void {
    this.#keep(this.#without(rule));
  }

  /** undefined: none was set for this recipient. */
  of(channel: Channel, recipient: string): Behaviour | undefined {
    return this.#rules.find((rule) => rule.channel === channel && matches(rule.recipient, recipient))
      ?.behaviour;
  }

  #without({ channel, recipient }: Pick<BehaviourRule, 'channel' | 'recipient'>): readonly BehaviourRule[] {
    return this.#rules.filter((rule) => rule.channel !== channel || rule.recipient !== recipient);
  }

  #keep(rules: readonly BehaviourRule[]): void {
    this.#journal.append('behaviours', rules as unknown as Json);
    this.#rules = rules;
  }
}

/** Walks the pieces between the stars: a pattern of the user's is never a regular expression. */
function matches(pattern: string, recipient: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = recipient.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}
