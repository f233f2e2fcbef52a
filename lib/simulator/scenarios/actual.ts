/** What really happened in a scenario: a line of the trace, and for a send the message as it left. */
import type { OutboxLine, TraceLine } from '../trace.ts';

export interface Actual extends TraceLine {
  readonly rendered?: OutboxLine;
}

/** Everything that somebody can read in a message, in one text. */
export function textOf({ subject, html, text, content }: OutboxLine): string {
  return [subject, text, html, ...leaves(content)].filter((part) => part !== undefined).join('\n');
}

function leaves(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(leaves);
  if (typeof content === 'object' && content !== null) return Object.values(content).flatMap(leaves);
  return content === undefined || content === null ? [] : [String(content)];
}

/** "cart-reminder" for "cart-reminder@3f2a91c07d12". */
export function messageId(message: string | undefined): string | undefined {
  return message?.split('@', 1)[0];
}
