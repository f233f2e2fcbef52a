/** A piece of Liquid as its author wrote it: the unit in which a message is checked. */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Escaping } from './liquid.ts';
import type { SourceText } from './problem.ts';

export interface WrittenText {
  readonly locale: string;
  readonly channel: Channel;
  readonly escaping: Escaping;
  readonly source: SourceText;
  /** Made from another text: only worth a word where that one is sound. */
  readonly derived?: boolean;
}
