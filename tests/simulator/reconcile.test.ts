import { describe, expect, it } from 'vitest';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { newDocument, type CustomerDocument, type Tally } from '#lib/engine/document.ts';
import { countDocuments } from '#lib/simulator/books.ts';
import { Figures } from '#lib/simulator/figures.ts';
import { countMembers } from '#lib/simulator/segment-figures.ts';
import { createReport } from '#lib/simulator/reconcile.ts';
import { compileJourneys, START } from './small-shop.ts';

const NOTHING: Tally = { entered: 0, completed: 0, exited: {}, failed: 0, heldOut: 0, converted: 0 };

function reportOf(
  tally: Partial<Tally>,
  log: readonly Pick<LogEntry, 'kind' | 'reason' | 'segment'>[],
  segments: CustomerDocument['segments'] = {},
) {
  const figures = new Figures(compileJourneys().map(({ manifest }) => manifest));
  for (const entry of log) figures.add({ at: START, journey: 'cart', run: 'r1', ...entry });
  const document: CustomerDocument = {
    ...newDocument('c1', 'anna', START),
    segments,
    tallies: { cart: { ...NOTHING, ...tally } },
  };
  const books = {
    logged: figures,
    documented: countDocuments([document]),
    transitions: new Map<string, number>(),
    customers: 1,
    members: countMembers([{ id: 'vip', members: ['anna'] }], [document]),
  };
  return createReport(books, { events: 1, refused: {}, assumedConsent: [], paused: [] });
}

describe('the books of a segment', () => {
  it('balance where those who are in it have entered and not left', () => {
    const log = [
      { kind: 'joins', segment: 'vip' },
      { kind: 'leaves', segment: 'vip' },
      { kind: 'joins', segment: 'vip' },
    ] as const;
    expect(reportOf({}, log, { vip: START }).segments).toEqual({ vip: { members: 1, entered: 2, left: 1 } });
  });

  it('do not balance with a member of whom the log has not told', () => {
    expect(() => reportOf({}, [], { vip: START })).toThrow('1 members by the documents, 0 entered');
  });
});

describe('the books of a journey', () => {
  it('balance where documents and log say the same', () => {
    const report = reportOf({ entered: 1, exited: { goal: 1 } }, [
      { kind: 'enters' },
      { kind: 'exits', reason: 'goal' },
    ]);
    expect(report.journeys['cart']).toMatchObject({ entered: 1, active: 0, exited: { goal: 1 } });
  });

  it.each([
    ['a run that is nowhere', { entered: 1 }, [{ kind: 'enters' }], 'entered = active'],
    [
      'an entry that only the documents know',
      { entered: 1, completed: 1 },
      [{ kind: 'completes' }],
      'entered: 1 by the documents, 0',
    ],
    ['an entry that only the log knows', {}, [{ kind: 'enters' }], 'entered: 0 by the documents, 1'],
    [
      'a goal that was counted twice',
      { converted: 2 },
      [{ kind: 'converts' }],
      'converted: 2 by the documents, 1',
    ],
    ['a customer held out without a word', { heldOut: 1 }, [], 'held out: 1 by the documents, 0'],
  ] as const)('do not balance with %s', (_what, tally, log, message) => {
    expect(() => reportOf(tally, log)).toThrow(message);
  });
});
