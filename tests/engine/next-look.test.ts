import { describe, expect, it } from 'vitest';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { isForRelay, lookAfterLook, nextLook } from '#lib/engine/next-look.ts';
import { moveLook } from '#lib/engine/use-cases/move-look.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { letter, manifest, pause, SETTINGS } from '../laws/world/journeys.ts';
import { Bench } from './bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Somebody whose run is to be started, in a journey of one wait of three days. */
function entered(): Bench {
  const ada = new Bench([manifest('journey', 'Signed Up', { wait: pause('3 days', null) })]);
  ada.event('Signed Up');
  return ada;
}

/** The execution of the run has been started. */
function confirm(ada: Bench): void {
  const [run = ''] = Object.keys(ada.document.runs);
  ada.decide({ kind: 'confirm', run, leg: 1, answer: 'started' });
}

function after(ada: Bench, millis: number): Instant {
  return addMillis(ada.document.created, millis);
}

/** The document as it is once its look is stored. */
function looking(document: CustomerDocument, now: Instant): CustomerDocument {
  const { look: _, ...rest } = document;
  const look = nextLook(document, now);
  return look === undefined ? rest : { ...rest, look };
}

describe('when somebody looks at a customer again', () => {
  it('never, where nothing is under way', () => {
    const ada = new Bench([]);
    expect(nextLook(ada.document, ada.now)).toBeUndefined();
  });

  it('ten minutes after an effect that nobody has confirmed', () => {
    const ada = entered();
    expect(nextLook(ada.document, ada.now)).toBe(after(ada, 10 * MINUTE));
    expect(isForRelay({ ...ada.document, log: [] })).toBe(true);
  });

  it('ten minutes after the wait of a run, which is confirmed, has ended', () => {
    const ada = entered();
    ada.document = looking(ada.document, ada.now);
    confirm(ada);
    expect(nextLook(ada.document, ada.now)).toBe(after(ada, 3 * DAY + 10 * MINUTE));
    expect(isForRelay({ ...ada.document, log: [] })).toBe(false);
  });

  it('once, ten minutes after a step was held: the pause may be over, and nobody may have seen it', () => {
    const ada = entered();
    confirm(ada);
    const runs = Object.entries(ada.document.runs).map(([id, run]) => [
      id,
      { ...run, phase: 'held' as const, phaseAt: ada.now },
    ]);
    const { look: _, ...rest } = ada.document;
    const held = looking({ ...rest, runs: Object.fromEntries(runs) }, ada.now);
    expect(held.look).toBe(addMillis(ada.now, 10 * MINUTE));
    expect(lookAfterLook(held, addMillis(ada.now, 10 * MINUTE))).toBeUndefined();
  });

  it('when time alone changes something, if that is first', () => {
    const ada = entered();
    const due = after(ada, 2 * MINUTE);
    expect(nextLook({ ...ada.document, due }, ada.now)).toBe(due);
  });

  it('a stored instant stays while it is a little too early, and moves when it is much', () => {
    const ada = entered();
    confirm(ada);
    const needed = after(ada, 3 * DAY + 10 * MINUTE);
    const early = addMillis(needed, -HOUR);
    expect(nextLook({ ...ada.document, look: early }, ada.now)).toBe(early);
    expect(nextLook({ ...ada.document, look: addMillis(early, -1) }, ada.now)).toBe(needed);
    expect(nextLook({ ...ada.document, look: addMillis(needed, 1) }, ada.now)).toBe(needed);
  });

  it('a customer to whom much happens does not put off a look that has come due', () => {
    const ada = entered();
    const look = nextLook(ada.document, ada.now);
    for (const minutes of [10, 11, 30])
      expect(nextLook({ ...ada.document, ...(look && { look }) }, after(ada, minutes * MINUTE))).toBe(look);
  });

  it('what has come due and was seen to meanwhile needs no look any more: the next one counts', () => {
    const ada = entered();
    const look = after(ada, 10 * MINUTE);
    const now = after(ada, 11 * MINUTE);
    const due = after(ada, 30 * MINUTE);
    confirm(ada);
    expect(nextLook({ ...ada.document, look, due }, now)).toBe(due);
  });

  it('a run that stays overdue is looked up ever more rarely, once a day at the least', () => {
    const ada = entered();
    confirm(ada);
    const overdue = 3 * DAY + 10 * MINUTE;
    const again = (millis: number) => lookAfterLook(ada.document, after(ada, overdue + millis));
    for (const [late, next] of [
      [MINUTE, 11 * MINUTE],
      [10 * MINUTE, 20 * MINUTE],
      [2 * HOUR, 4 * HOUR],
      [9 * DAY, 10 * DAY],
    ] as const)
      expect(again(late)).toBe(after(ada, overdue + next));
  });

  it('what comes up meanwhile is looked at in time, however rarely an overdue run is', () => {
    const ada = entered();
    confirm(ada);
    const now = after(ada, 5 * DAY);
    const look = addMillis(now, DAY);
    const due = addMillis(now, MINUTE);
    expect(nextLook({ ...ada.document, look }, now)).toBe(look);
    expect(nextLook({ ...ada.document, look, due }, now)).toBe(due);
    expect(nextLook({ ...ada.document, look, due: now }, now)).toBe(now);
  });

  it('a wait behind a step is no reason to look before its end', () => {
    const ada = new Bench([
      manifest('journey', 'Signed Up', { hello: letter('hello', 'wait'), wait: pause('20 days', null) }),
    ]);
    ada.event('Signed Up');
    confirm(ada);
    ada.identify({ email: 'ada@example.com' });
    ada.send('hello');
    ada.sent('hello');
    expect(nextLook(ada.document, ada.now)).toBe(after(ada, 20 * DAY + 10 * MINUTE));
  });

  it('a look that has changed nothing moves on, and the next decision leaves it there', async () => {
    const ada = entered();
    const store = new MemoryDocuments();
    const now = after(ada, 11 * MINUTE);
    const stored = { ...looking(ada.document, ada.now), revision: 1 };
    await store.commit(stored);
    const clock = { now: () => now, monotonic: () => 0 };
    const workspace = createWorkspace({ manifests: [], newest: {}, settings: SETTINGS });
    await moveLook({ workspace, ports: { store, clock } }, stored);
    const moved = await store.load(ada.document.customer);
    expect(moved).toMatchObject({ revision: 2, look: addMillis(now, 10 * MINUTE), log: [] });
    expect(nextLook(moved ?? stored, addMillis(now, MINUTE))).toBe(moved?.look);
    await moveLook({ workspace, ports: { store, clock } }, moved ?? stored);
    expect(await store.load(ada.document.customer)).toBe(moved);
  });
});
