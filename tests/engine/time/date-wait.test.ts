import { describe, expect, it } from 'vitest';
import { parseDateOffset } from '#lib/contracts/date-offset.ts';
import { dateWaitEnd } from '#lib/engine/time/date-wait.ts';
import { readDate } from '#lib/engine/time/moment.ts';

const BERLIN = 'Europe/Berlin';

function endOf(
  value: unknown,
  more: { offset?: string; at?: string; zone?: string; on?: ['weekdays'] } = {},
): string {
  const { offset: written, at, zone = BERLIN, on } = more;
  const date = readDate(value, zone);
  if (date === undefined) return 'no date';
  const offset = written === undefined ? undefined : parseDateOffset(written);
  if (offset !== undefined && 'problem' in offset) return offset.problem;
  return dateWaitEnd({ date, offset, at, zone, on });
}

describe('without a time of day', () => {
  it.each([
    ['2026-12-24', {}, '2026-12-23T23:00:00.000Z'],
    ['2026-12-24T18:00:00+01:00', {}, '2026-12-24T17:00:00.000Z'],
    ['2026-12-24T18:00:00', {}, '2026-12-24T17:00:00.000Z'],
    ['2026-12-24', { offset: '3 days before' }, '2026-12-20T23:00:00.000Z'],
    ['2026-12-24', { offset: '2 hours after' }, '2026-12-24T01:00:00.000Z'],
    ['2026-12-24T18:00:00Z', { offset: '2 hours before' }, '2026-12-24T16:00:00.000Z'],
    ['2026-12-24', { offset: 'P1D' }, '2026-12-24T23:00:00.000Z'],
    ['2026-12-24', { offset: '-P1D' }, '2026-12-22T23:00:00.000Z'],
  ])('%s %o is at %s', (value, more, end) => {
    expect(endOf(value, more)).toBe(end);
  });

  it('an offset of days keeps the local time over a change of the clocks, one of hours does not', () => {
    expect(endOf('2026-03-30T09:00:00', { offset: '2 days before' })).toBe('2026-03-28T08:00:00.000Z');
    expect(endOf('2026-03-30T09:00:00', { offset: '48 hours before' })).toBe('2026-03-28T07:00:00.000Z');
  });

  it('a midnight that the clocks leave out is the first instant of the day, and moves no other day', () => {
    // Lebanon puts its clocks forward at midnight of 29 March 2026.
    expect(endOf('2026-03-29', { zone: 'Asia/Beirut' })).toBe('2026-03-28T22:00:00.000Z');
    expect(endOf('2026-03-29', { zone: 'Asia/Beirut', offset: '1 day before' })).toBe(
      '2026-03-27T22:00:00.000Z',
    );
    expect(endOf('2026-03-28', { zone: 'Asia/Beirut', offset: '1 day after' })).toBe(
      '2026-03-28T22:00:00.000Z',
    );
  });
});

describe('at a time of day', () => {
  it.each([
    ['2026-12-24', {}, '2026-12-24T08:00:00.000Z'],
    // The day of an instant is that of the zone: in Berlin it is the 25th already.
    ['2026-12-24T23:30:00Z', {}, '2026-12-25T08:00:00.000Z'],
    ['2026-12-24T23:30:00', {}, '2026-12-24T08:00:00.000Z'],
    ['2026-12-24', { offset: '3 days before' }, '2026-12-21T08:00:00.000Z'],
    ['2026-03-31', { offset: '1 month before' }, '2026-02-28T08:00:00.000Z'],
    ['2024-02-29', { offset: '1 year after' }, '2025-02-28T08:00:00.000Z'],
    ['2024-02-29', { offset: '4 years after' }, '2028-02-29T08:00:00.000Z'],
    ['2028-03-29', { offset: '1 month before' }, '2028-02-29T08:00:00.000Z'],
    ['2026-12-26', { offset: '1 day before', on: ['weekdays'] as ['weekdays'] }, '2026-12-25T08:00:00.000Z'],
    ['2026-12-26', { on: ['weekdays'] as ['weekdays'] }, '2026-12-28T08:00:00.000Z'],
  ])('%s %o is at %s', (value, more, end) => {
    expect(endOf(value, { at: '09:00', ...more })).toBe(end);
  });

  it('in the gap it is the first instant after it, in the fold the first of two', () => {
    expect(endOf('2026-03-29', { at: '02:30' })).toBe('2026-03-29T01:00:00.000Z');
    expect(endOf('2026-10-25', { at: '02:30' })).toBe('2026-10-25T00:30:00.000Z');
    expect(endOf('2026-03-26', { at: '02:30', offset: '3 days after' })).toBe('2026-03-29T01:00:00.000Z');
  });

  it('in the zones at both ends of the world', () => {
    expect(endOf('2026-06-01', { at: '09:00', zone: 'Pacific/Kiritimati' })).toBe('2026-05-31T19:00:00.000Z');
    expect(endOf('2026-06-01', { at: '09:00', zone: 'Pacific/Pago_Pago' })).toBe('2026-06-01T20:00:00.000Z');
  });
});

describe('what is a date', () => {
  it.each([
    '2026-02-30',
    '2026-13-01',
    '24.12.2026',
    'tomorrow',
    '',
    '2026-12-24T25:00:00',
    '2026-12-24T18:00:00.',
    1_798_000_000,
    1_798_000_000_000,
    true,
    null,
    undefined,
    ['2026-12-24'],
    { date: '2026-12-24' },
  ])('%s is none', (value) => {
    expect(endOf(value)).toBe('no date');
  });

  it.each([
    ['2026-12-24 18:00', '2026-12-24T17:00:00.000Z'],
    ['2026-12-24T18:00:00.250', '2026-12-24T17:00:00.250Z'],
    ['20261224T180000Z', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T24:00:00', '2026-12-24T23:00:00.000Z'],
  ])('%s is one', (value, end) => {
    expect(endOf(value)).toBe(end);
  });

  it('a local time in the gap is the first instant after it, of two the first', () => {
    expect(endOf('2026-03-29T02:30')).toBe('2026-03-29T01:00:00.000Z');
    expect(endOf('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('offsets', () => {
  it.each(['soon', '3 days prior', 'before', '0 days before', '3 days before after', '-3 days before'])(
    '"%s" is none',
    (text) => {
      expect(parseDateOffset(text)).toHaveProperty('problem');
    },
  );
});
