// A workspace of many journeys for `wend check`: settings and one message of the starter workspace, and journeys of twenty steps.
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const WORKSPACE = resolve(import.meta.dirname, '../../workspace');

/** Writes the workspace to a new folder and returns its path; the caller removes it. */
export function writeManyJourneys(journeys: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'wend-many-'));
  cpSync(join(WORKSPACE, 'settings.json'), join(folder, 'settings.json'));
  for (const part of ['messages/cart-reminder', 'messages/_shared', 'segments', 'catalog'])
    cpSync(join(WORKSPACE, part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'journeys'));
  for (let number = 0; number < journeys; number += 1)
    writeFileSync(
      join(folder, 'journeys', `journey-${number}.json`),
      `${JSON.stringify(journey(number), null, 2)}\n`,
    );
  return folder;
}

/** Four rounds of what marketers nest: a wait, a waitFor with a send in its arm, a branch with one, and a send between rounds. */
function journey(number: number): unknown {
  const rounds = ['a', 'b', 'c', 'd'].map((name) => ROUND.replaceAll('NAME', name));
  return {
    name: `Journey ${number}`,
    status: 'live',
    entry: {
      event: 'Product Added',
      where: { 'event.price': { gte: number % 90 } },
      reentry: { after: '30 days' },
    },
    goal: { event: 'Order Completed', within: '7 days' },
    delivery: { topic: 'promotions', quietHours: 'default' },
    steps: JSON.parse(`[${rounds.join(',')}]`) as unknown,
  };
}

/** Five steps. */
const ROUND = `
  { "id": "NAME-wait", "type": "wait", "for": "2 days", "until": "10:00" },
  { "id": "NAME-looked", "type": "waitFor", "within": "3 days", "events": [
    { "event": "Product Viewed", "then": [{ "id": "NAME-help", "type": "send", "message": "cart-reminder", "channel": "email" }] }] },
  { "id": "NAME-where", "type": "branch", "cases": [
    { "name": "older", "when": { "profile.age": { "gte": 60 } },
      "then": [{ "id": "NAME-older", "type": "send", "message": "cart-reminder", "channel": "email" }] }] }`;
