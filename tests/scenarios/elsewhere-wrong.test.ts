// Where other systems are known to go wrong: each scenario says what is right, and in brackets what happens elsewhere. What a
// scenario cannot show, such as a deployment or a crash, is held by the tests named below.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { playWorkspace, type PlayedWorkspace } from './play-workspace.ts';

let played: PlayedWorkspace;
beforeAll(async () => {
  played = await playWorkspace('elsewhere-wrong');
}, 60_000);

it('the workspace has nothing wrong and nothing suspicious in it', () => {
  expect(played.diagnostics).toEqual([]);
});

it('does what every scenario says', () => {
  expect(played.failed).toEqual([]);
  expect(played.names.length).toBeGreaterThan(50);
});

it('and says what goes wrong elsewhere', () => {
  const known = played.names.filter((name) => name.includes('(elsewhere: '));
  expect(known.length).toBeGreaterThan(50);
});

it.each([
  [
    'an edit of a live journey strands those inside',
    'laws/p7-versions',
    "each run goes its own version's way to the end",
  ],
  ['an edit makes those inside deaf', 'laws/p7-versions', 'hear the events that only their version knows'],
  [
    'a crash after the provider has accepted sends twice',
    'laws/p3-sends-and-crashes',
    'nothing is sent twice for marketing',
  ],
  [
    'an exit and a send race each other',
    'laws/p2-nothing-forbidden-is-sent',
    'arrives in any millisecond of it',
  ],
  [
    'an event comes while the wait for it is being registered',
    'laws/p5-no-event-is-missed',
    'before, during and after registration',
  ],
  ['two sends share the last place under a cap', 'laws/p4-caps-hold', 'when many runs send at once'],
  [
    'changed shares draw everybody anew',
    'engine/rules/plan',
    'keeps customers in their arms when shares change',
  ],
  ['shares that do not sum leave customers without an arm', 'engine/rules/plan', 'leave nobody out'],
])('what cannot be shown by a scenario: %s', (_, file, title) => {
  expect(readFileSync(resolve(import.meta.dirname, `../${file}.test.ts`), 'utf8')).toContain(title);
});
