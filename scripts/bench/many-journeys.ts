// A workspace of many journeys for `wend check`: settings and messages of the starter workspace, and journeys of twenty steps.
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const WORKSPACE = resolve(import.meta.dirname, '../../workspace');

/** Writes the workspace to a new folder and returns its path; the caller removes it. */
export function writeManyJourneys(journeys: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'wend-many-'));
  cpSync(join(WORKSPACE, 'settings.json'), join(folder, 'settings.json'));
  cpSync(join(WORKSPACE, 'messages'), join(folder, 'messages'), { recursive: true });
  mkdirSync(join(folder, 'journeys'));
  for (let number = 0; number < journeys; number += 1)
    writeFileSync(join(folder, 'journeys', `journey-${number}.json`), `${JSON.stringify(journey(number), null, 2)}\n`);
  return folder;
}

/** Four rounds of send, wait, waitFor with a send, branch with a send: 24 steps nested as marketers nest them, 20 and more. */
function journey(number: number): unknown {
  const send = (id: string): unknown => ({ id, type: 'send', message: 'cart-reminder', channel: 'email' });
  const round = (name: string): unknown[] => [
    send(`${name}-send`),
    { id: `${name}-wait`, type: 'wait', for: '2 days', until: '10:00' },
    {
      id: `${name}-looked`,
      type: 'waitFor',
      within: '3 days',
      events: [{ event: 'Product Viewed', then: [send(`${name}-help`)] }],
    },
    {
      id: `${name}-where`,
      type: 'branch',
      cases: [{ name: 'somebody older', when: { 'profile.age': { gte: 60 } }, then: [send(`${name}-older`)] }],
    },
  ];
  // Four rounds of six steps each, less the first send: 23 states of the marketer's own.
  const steps = ['a', 'b', 'c', 'd'].flatMap(round).slice(1);
  return {
    name: `Journey ${number}`,
    status: 'live',
    entry: { event: 'Product Added', where: { 'event.price': { gte: number % 90 } }, reentry: { after: '30 days' } },
    goal: { event: 'Order Completed', within: '7 days' },
    delivery: { topic: 'promotions', quietHours: 'default' },
    steps,
  };
}
