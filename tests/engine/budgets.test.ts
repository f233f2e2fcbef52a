// What one customer can make of their document: DynamoDB refuses 400 KB, and then not even consent could be written.
import { describe, expect, it } from 'vitest';
import { acting, awaiting, letter, manifest, pause } from '../laws/world/journeys.ts';
import { Bench } from './bench.ts';

/** Seven thousand characters. */
const LARGE = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`text${index}`, 'x'.repeat(600)]));

function sizeOf({ document }: Bench): number {
  return JSON.stringify({ ...document, log: [] }).length;
}

describe('a document', () => {
  it('has room for what forty runs keep of their events, their answers and what they remember for waits', () => {
    const seen = {
      ...awaiting(
        '5 days',
        [
          ['Seen', null],
          ['Seen', null],
        ],
        null,
        '2 days',
      ),
      saveAs: 'seen',
    };
    const ask = acting(
      { type: 'invoke', id: 'ask', function: 'score', input: {}, saveAs: 'score', onFailure: 'continue' },
      'rest',
    );
    const journey = manifest(
      'journey',
      { event: 'Signed Up', reentry: { mode: 'always' } },
      { ask, rest: pause('9 days', 'seen'), seen },
      { saved: { seen: ['*'], score: ['*'] } },
    );
    const { trigger, ...entry } = journey.entry;
    const ada = new Bench([{ ...journey, entry: { trigger, ...entry, prints: ['*'] } }]);
    for (let index = 0; index < 40; index += 1) {
      ada.event('Signed Up', LARGE);
    }
    expect(Object.keys(ada.run.event)).toHaveLength(12);
    const runs = Object.keys(ada.document.runs);
    for (const run of runs) {
      ada.follow(run);
      ada.act('ask');
      ada.called('ask', { kind: 'answered', value: LARGE });
    }
    for (let index = 0; index < 20; index += 1) ada.event('Seen', LARGE);
    expect(runs).toHaveLength(40);
    expect(sizeOf(ada)).toBeLessThan(250_000);
  });

  it('keeps a whole event and a whole answer where there are few runs', () => {
    const journey = manifest('journey', 'Signed Up', {
      wait: { ...awaiting('5 days', [['Seen', 'rest']], null), saveAs: 'seen' },
      rest: pause('9 days', null),
    });
    const ada = new Bench([{ ...journey, saved: { seen: ['*'] } }]);
    ada.event('Signed Up');
    ada.event('Seen', LARGE);
    expect(Object.keys(ada.run.saved?.['seen'] ?? {})).toHaveLength(12);
  });

  it('of runs that are over it keeps what their goal compares, of the latest hundred', () => {
    const where = { 'event.order': { 'same as': 'entry.order' } };
    const journey = manifest(
      'journey',
      { event: 'Signed Up', reentry: { mode: 'always' } },
      { hello: letter('hello', null) },
      { goal: { event: 'Ordered', within: '90 days', ends: true, where } },
    );
    const { trigger, ...entry } = journey.entry;
    const ada = new Bench([{ ...journey, entry: { trigger, ...entry, prints: ['*'] } }]);
    for (let index = 0; index < 101; index += 1) {
      ada.minutes(1);
      ada.event('Signed Up', { ...LARGE, order: index });
      ada.follow(Object.keys(ada.document.runs)[0] ?? '');
      ada.send('hello');
    }
    expect(sizeOf(ada)).toBeLessThan(30_000);
    expect(ada.told('ignores')).toEqual(['ignores too many open goals']);
    for (const order of [0, 1, 100]) ada.event('Ordered', { order });
    expect(ada.told('converts')).toHaveLength(2);
  });
});
