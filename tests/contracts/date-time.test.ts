import { describe, expect, it } from 'vitest';
import { parseMoment } from '#lib/contracts/date-time.ts';

describe('a moment as it is written', () => {
  it.each([
    ['2026-12-24', { date: '2026-12-24' }],
    ['2026-12-24T09:00', { date: '2026-12-24', time: '09:00' }],
    ['2026-12-24 09:00', { date: '2026-12-24', time: '09:00' }],
    ['2026-12-24T09:00:00', { date: '2026-12-24', time: '09:00' }],
    ['2028-02-29', { date: '2028-02-29' }],
    ['2026-12-24T09:00:00+01:00', { instant: '2026-12-24T08:00:00.000Z' }],
    ['2026-12-24T08:00Z', { instant: '2026-12-24T08:00:00.000Z' }],
  ])('%s', (text, moment) => {
    expect(parseMoment(text)).toEqual(moment);
  });

  it.each([
    '',
    'christmas',
    '24.12.2026',
    '2026-02-29',
    '2026-13-01',
    '2026-12-24T24:30',
    '2026-12-24T9:00',
    '09:00',
  ])('is none: %s', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });
});
