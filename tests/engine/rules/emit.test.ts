// The step `emit`: written with the decision, put on the bus by the relay, never twice with different ids, never without bound.
import { describe, expect, it } from 'vitest';
import { MOST_SET_OFF } from '#lib/engine/budgets.ts';
import { acting, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const tell = acting({ type: 'emit', id: 'tell', event: 'Lead Qualified', properties: { score: 80 } }, 'rest');
const JOURNEY = manifest('journey', 'Signed Up', { tell, rest: pause('9 days', null) });

function inside(): Bench {
  const ada = new Bench([JOURNEY]);
  ada.event('Signed Up');
  return ada;
}

describe('emit', () => {
  it('keeps the event until the bus has taken it', () => {
    const ada = inside();
    ada.act('tell', { score: 80 });
    const id = `${ada.runId}/tell/1`;
    expect(ada.document.emitted).toEqual([
      { id, at: ada.now, event: 'Lead Qualified', properties: { score: 80 } },
    ]);
    expect(ada.told('emits')).toEqual(['emits tell']);
    ada.decide({ kind: 'emitted', ids: [id] });
    expect(ada.document.emitted).toBeUndefined();
    const { revision } = ada.document;
    ada.decide({ kind: 'emitted', ids: [id] });
    expect(ada.document.revision).toBe(revision);
  });

  it('a retry emits nothing more, whether the bus has taken the event or not', () => {
    for (const taken of [true, false]) {
      const ada = inside();
      ada.act('tell', { score: 80 });
      if (taken) ada.decide({ kind: 'emitted', ids: [`${ada.runId}/tell/1`] });
      ada.act('tell', { score: 80 }, { attempt: 1 });
      expect(ada.document.emitted?.length ?? 0).toBe(taken ? 0 : 1);
      expect(ada.told('emits')).toHaveLength(1);
    }
  });

  it('the event of an ended run still goes out', () => {
    const ada = new Bench([manifest('journey', 'Signed Up', { tell: { ...tell, next: null } })]);
    ada.event('Signed Up');
    ada.act('tell', { score: 80 });
    expect(ada.document.runs).toEqual({});
    expect(ada.document.emitted).toHaveLength(1);
  });

  it('refuses what is too large, and more at once than the bus takes, with reasons', () => {
    const ada = inside();
    ada.act('tell', { text: 'x'.repeat(9000) });
    expect(ada.told('ignores')).toEqual(['ignores tell too large to emit']);
    for (let visit = 2; visit <= 30; visit += 1)
      ada.act('tell', { score: visit }, { loop: { visit, round: 0, jumps: {} } });
    expect(ada.document.emitted).toHaveLength(20);
    expect(ada.told('ignores').at(-1)).toBe('ignores tell too many events that the bus has not taken');
  });

  it('comes to rest: so many within an hour of the clock, and again in the next', () => {
    const ada = inside();
    const emit = (visit: number): void => {
      ada.act('tell', { score: visit }, { loop: { visit, round: 0, jumps: {} } });
      ada.decide({ kind: 'emitted', ids: [`${ada.runId}/tell/${visit}`] });
    };
    for (let visit = 1; visit <= MOST_SET_OFF + 5; visit += 1) emit(visit);
    expect(ada.told('emits')).toHaveLength(MOST_SET_OFF);
    expect(ada.told('ignores')).toHaveLength(5);
    expect(ada.told('ignores')[0]).toBe('ignores tell too much set off by journeys within an hour');
    ada.minutes(60);
    emit(MOST_SET_OFF + 6);
    expect(ada.told('emits')).toHaveLength(MOST_SET_OFF + 1);
  });
});
