/** What really happened in a scenario: a line of the trace, and for a send the message as it left. */
import type { RenderedMessage } from '#lib/engine/ports.ts';
import type { TraceLine } from '../trace.ts';

export interface Actual extends TraceLine {
  readonly rendered?: RenderedMessage;
  /** What a function or endpoint was told. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** A message that a provider has taken, or perhaps taken. */
export interface SentMessage {
  /** run/step/visit, by which providers report on it. */
  readonly key: string;
  /** Its id. */
  readonly message: string;
  readonly channel: string | undefined;
  readonly journey: string | undefined;
}

/** Everything that somebody can read in a message, in one text. */
export function textOf({ subject, html, text, content }: RenderedMessage): string {
  return [subject, text, html, ...leaves(content)].filter((part) => part !== undefined).join('\n');
}

function leaves(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(leaves);
  if (typeof content === 'object' && content !== null) return Object.values(content).flatMap(leaves);
  return content === undefined || content === null ? [] : [JSON.stringify(content)];
}
