/** What a language has to say to tell an explanation. */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Fact } from './fact.ts';

export interface Language {
  /** BCP 47, for dates and figures. */
  readonly tag: string;
  /** Behind a verb: "by e-mail". */
  readonly channels: Readonly<Record<Channel, string>>;
  /** The engine's reasons as clauses behind "because"; one that is not here is the journey's own word and is quoted. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Built-in events as what has happened, a sentence without its full stop; others are quoted by their name. */
  readonly events: Readonly<Record<string, string>>;
  /** An event of an application, by its quoted name. */
  readonly event: (name: string) => string;
  /** The timeline does not say which. */
  readonly unknownEvent: string;
  /** A reason that is not among the known. */
  readonly ownReason: (reason: string) => string;
  readonly quoted: (text: string) => string;
  /** One part of a condition as the log has it, in this language: "event.price is at least 15: yes, it is 39". */
  readonly finding: (part: string) => string;
  readonly sentences: {
    readonly [K in Fact['kind']]: (fact: Extract<Fact, { kind: K }>, say: Say) => string;
  };
}

/** Parts of sentences, filled in for one reader: names instead of ids, instants at the reader's place. */
export interface Say {
  moment(instant: Instant): string;
  /** Quoted names. */
  journey(id: string): string;
  message(id: string): string;
  topic(id: string): string;
  quoted(text: string): string;
  /** " by e-mail", or nothing. */
  by(channel: Channel | undefined): string;
  event(name: string | undefined): string;
  reason(reason: string): string;
  /** " (price is at least 15: yes, it is 39)", or nothing. */
  because(because: string | undefined): string;
  percent(part: number): string;
}
