/**
 * Links that tell when they are followed, on channels whose provider does not: each address of the web in the message leads over the
 * deployment's own pages. Addresses of those pages are left as they are.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { RenderedMessage } from '#lib/engine/ports.ts';

/** The address that leads over our own page to this one; absent: links are left alone. */
export type TrackLink = (target: string) => string;

type Content = Pick<RenderedMessage, 'text' | 'content'>;

/** A full stop behind an address ends the sentence. */
const IN_TEXT = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/gi;
/** Fields of push and in-app content that are followed. */
const FIELDS: ReadonlySet<string> = new Set(['link']);

/** The same content where the channel has no links that could be told of: e-mail is tracked by SES, a webhook's body is its receiver's. */
export function withTrackedLinks<T extends Content>(channel: Channel, content: T, track: TrackLink): T {
  switch (channel) {
    case 'sms':
      return content.text === undefined ? content : { ...content, text: inText(content.text, track) };
    case 'whatsapp':
      return { ...content, content: changed(content.content, (text) => inText(text, track)) };
    case 'push':
    case 'inapp':
      return {
        ...content,
        content: changed(content.content, (text, name) => (FIELDS.has(name) ? inText(text, track) : text)),
      };
    case 'email':
    case 'webhook':
      return content;
  }
}

function inText(text: string, track: TrackLink): string {
  return text.replace(IN_TEXT, (address) => track(address));
}

function changed(value: unknown, change: (text: string, name: string) => string, name = ''): unknown {
  if (typeof value === 'string') return change(value, name);
  if (Array.isArray(value)) return value.map((one) => changed(one, change, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, change, key)]));
}
