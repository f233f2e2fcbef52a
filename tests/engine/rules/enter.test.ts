// The step `enter`: another journey begins for the same customer, unless that journey's own rules keep her out.
import { describe, expect, it } from 'vitest';
import { MOST_SET_OFF } from '#lib/engine/budgets.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { acting, manifest, pause, type WrittenEntry } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const rest = pause('9 days', null);
const next = acting({ type: 'enter', id: 'next', journey: 'second' }, 'rest');
const first = manifest('first', 'Signed Up', { next, rest });

function second(entry: Partial<WrittenEntry> = {}, rules: Partial<UnnamedManifest> = {}): UnnamedManifest {
  const written = { event: 'Order Placed', reentry: { mode: 'after exit' }, ...entry } as WrittenEntry;
  return manifest('second', written, { rest }, rules);
}

function inside(other: UnnamedManifest | undefined, properties: Record<string, unknown> = {}): Bench {
  const ada = new Bench(other === undefined ? [first] : [first, other]);
  ada.event('Signed Up', properties);
  return ada;
}

function runOf(ada: Bench, journey: string) {
  return Object.values(ada.document.runs).find((run) => run.journey === journey);
}

describe('enter', () => {
  it('lets in at the instant of the decision, says by which run, and goes on', () => {
    const ada = inside(second());
    ada.minutes(5);
    ada.act('next');
    expect(runOf(ada, 'second')).toMatchObject({ entered: ada.now, phase: 'starting' });
    expect(ada.log.filter(({ kind }) => kind === 'enters').at(-1)).toMatchObject({
      journey: 'second',
      by: ada.runId,
      event: `${ada.runId}/next/1`,
    });
    expect(ada.told('takes', 'waits')).toEqual(['waits rest', 'takes next entered', 'waits rest']);
    expect(ada.document.tallies['second']?.entered).toBe(1);
  });

  it('does so once, however often the call is repeated', () => {
    const ada = inside(second({ reentry: { mode: 'always' } }));
    ada.act('next');
    ada.act('next', {}, { attempt: 1 });
    expect(ada.document.tallies['second']?.entered).toBe(1);
  });

  it.each<readonly [string, UnnamedManifest | undefined, string]>([
    ['is not live', undefined, 'not live'],
    ['has a key that is not known here', second({ key: 'event.cart' }), 'no key'],
    ['holds everyone out', second({ holdout: 100 }), 'holdout'],
  ])('a journey that %s refuses, and the run goes on', (_, other, reason) => {
    const ada = inside(other);
    ada.act('next');
    expect(ada.log.find(({ kind }) => kind === 'refuses')).toMatchObject({
      journey: 'second',
      reason,
      by: ada.runId,
    });
    expect(ada.told('takes')).toEqual(['takes next refused']);
    expect(ada.run.last?.step).toBe('next');
  });

  it('re-entry decides as for every entry', () => {
    const ada = inside(second());
    ada.event('Order Placed');
    ada.act('next');
    expect(ada.log.find(({ kind }) => kind === 'refuses')).toMatchObject({ reason: 'already inside' });
  });

  it('does not ask the condition of the other journey: the step stands for it', () => {
    const ada = inside(second({ where: { 'event.total': { gte: 50 } } }));
    ada.act('next');
    expect(ada.told('takes')).toEqual(['takes next entered']);
  });

  it('hands on what the other journey needs of the entry event, its key included', () => {
    const other = second(
      { key: 'event.cart', prints: ['name'] },
      { exits: [{ when: { 'entry.plan': 'x' }, reason: 'x' }] },
    );
    const ada = inside(other, { cart: 'k1', name: 'Ada', plan: 'y', unused: 1 });
    ada.act('next');
    expect(ada.run.event).toEqual({ cart: 'k1', name: 'Ada', plan: 'y' });
    expect(runOf(ada, 'second')?.event).toEqual({ name: 'Ada', plan: 'y' });
    expect(runOf(ada, 'second')?.key).toBeDefined();
  });

  it('hands it on over a journey between, and keeps nothing for nobody', () => {
    const link = manifest('second', 'Order Placed', {
      on: acting({ type: 'enter', id: 'on', journey: 'third' }, null),
    });
    const third = manifest(
      'third',
      { event: 'Never', prints: ['name'], reentry: { mode: 'always' } },
      { rest },
    );
    const ada = new Bench([first, link, third]);
    ada.event('Signed Up', { name: 'Ada' });
    expect(ada.run.event).toEqual({ name: 'Ada' });
    const ben = inside(second(), { name: 'Ben' });
    expect(ben.run.event).toEqual({});
  });

  it('comes to rest where journeys enter each other without end', () => {
    const ada = inside(second({ reentry: { mode: 'always' } }));
    for (let visit = 1; visit <= MOST_SET_OFF + 1; visit += 1) {
      ada.act('next', {}, { loop: { visit, round: 0, jumps: {} } });
      for (const [id, run] of Object.entries(ada.document.runs))
        if (run.journey === 'second') delete ada.document.runs[id];
    }
    expect(ada.document.tallies['second']?.entered).toBe(MOST_SET_OFF);
    expect(ada.log.findLast(({ kind }) => kind === 'refuses')?.reason).toBe(
      'too much set off by journeys within an hour',
    );
  });
});
