// Whose message it is, read from the tags of e-mails and the keys of sends. Unlike a function that hears a report, the outbox shows
// also what is not whole.
import { readMessageTags } from '#lib/contracts/message-tags.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { About } from './outbox/outbox-message.ts';

/** Nothing but the deployment where the tags are not those of a message of Wend; nothing at all where there are none. */
export function aboutTags(tags: readonly (readonly [name: string, value: string])[]): About {
  const named = Object.fromEntries(tags.map(([name, value]) => [name, [value]]));
  const deployment = named['deployment']?.[0];
  if (deployment === undefined) return {};
  // The name of the deployment is escaped as the rest is; that of one of ours has only letters, digits and hyphens.
  const sent = readMessageTags(deployment, named);
  return sent === undefined ? { deployment } : { deployment, ...aboutSent(sent) };
}

export function aboutSent({ customer, run, step, visit, journey, message, topic }: SentMessage): About {
  return { customer, run, step, visit, journey, message, ...(topic === undefined ? {} : { topic }) };
}

/** The key of a send (contracts/ids.ts): run, step and visit. */
export function aboutKey(key: string | undefined): About {
  const [, run, step, visit] = /^([0-9a-f]{24})\/(.+)\/(\d{1,9})$/.exec(key ?? '') ?? [];
  if (run === undefined || step === undefined) return {};
  return { run, step, visit: Number(visit) };
}
