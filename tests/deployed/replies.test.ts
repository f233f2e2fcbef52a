// The whole way of what customers write back: a provider's topic, the queue, the function, the customer's document.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerId } from '#lib/contracts/ids.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Reaction } from '#lib/local/delivery/reactions/reaction.ts';
import { RunningDeployment } from './running-deployment.ts';
import { synthesisedStack } from './synthesised-stack.ts';

const SECRET = 'a secret of the tests';
const PRIVATE = 'my ring is at 12 Elm Street';
const START = '2026-03-05T10:00:00.000Z' as Instant;

let deployment: RunningDeployment;
let ids = 0;
beforeAll(async () => {
  const assembly = await synthesisedStack();
  deployment = await RunningDeployment.open({ assembly, start: START, secret: SECRET });
}, 300_000);
afterAll(() => deployment.close());

/** Tells of a delay, which goes out at once, by text where there is a number. */
async function delayed(user: string, traits: object) {
  const call = (more: object) => ({ userId: user, messageId: `m${(ids += 1)}`, timestamp: START, ...more });
  await deployment.put([call({ type: 'identify', traits: { ...traits, timezone: 'Europe/Berlin' } })]);
  await deployment.rest();
  await deployment.put([
    call({ type: 'track', event: 'Order Delayed', properties: { order_id: 'o1', days: 2 } }),
  ]);
  await deployment.rest();
  const message = deployment.running.outbox
    .messages()
    .find(({ to }) => Object.values(traits).includes(to[0]));
  if (message === undefined) throw new Error(`no message to ${user}`);
  return message;
}

async function react(id: string, reaction: Reaction): Promise<void> {
  await deployment.running.outbox.react(id, reaction);
  await deployment.rest();
}

async function reportsOf(user: string): Promise<readonly string[]> {
  const document = await deployment.documentOf(customerId(SECRET, user));
  return document?.sends.flatMap(({ reports = {} }) => Object.keys(reports)) ?? [];
}

async function consentOf(user: string) {
  return (await deployment.documentOf(customerId(SECRET, user)))?.consent;
}

it.each([
  ['sms', { phone: '+4915112345671' }],
  ['email', { email: 'ana@example.com' }],
])('an answer by %s reaches the send that it answers', async (channel, traits) => {
  const message = await delayed(`who answers by ${channel}`, traits);
  expect(message.channel).toBe(channel);
  await react(message.id, { kind: 'reply', text: PRIVATE });
  expect(await reportsOf(`who answers by ${channel}`)).toEqual(['replied']);
  // No application has to tell it, and nothing is kept of what it says.
  const document = await deployment.documentOf(customerId(SECRET, `who answers by ${channel}`));
  expect(JSON.stringify(document)).not.toContain(PRIVATE);
});

it('STOP withdraws, and is no answer; the next text is refused by the provider, and the e-mail has its turn', async () => {
  const traits = { phone: '+4915112345672', email: 'eva@example.com' };
  const message = await delayed('who stops', traits);
  await react(message.id, { kind: 'reply', text: 'stop' });
  expect(await reportsOf('who stops')).toEqual(['unsubscribed']);
  expect(await consentOf('who stops')).toMatchObject({ '*': { sms: { granted: false, source: 'reply' } } });
  await delayed('who stops', traits);
  const channels = deployment.running.outbox
    .messages()
    .flatMap(({ channel, to }) => (Object.values(traits).includes(to[0] ?? '') ? [channel] : []));
  expect(channels.toSorted()).toEqual(['email', 'sms']);
  await deployment.goTo(addMillis(START, 120_000));
  await react(message.id, { kind: 'reply', text: 'START' });
  expect(await consentOf('who stops')).toMatchObject({ '*': { sms: { granted: true } } });
  expect((await delayed('who stops', { phone: traits.phone })).channel).toBe('sms');
});

it('nothing has gone wrong on the way', () => {
  expect(deployment.deadLetters).toEqual([]);
  expect(deployment.complaints.join('\n')).not.toContain(PRIVATE);
});
