// What the law leaves open to marketing texts: by the recipient's clock, the stricter of number and profile, and by the state.
import { describe, expect, it } from 'vitest';
import { legalWithDefaults, type Legal } from '#lib/journey/legal-hours.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { letter, manifest, SETTINGS } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

/** What becomes of a text at an instant: 'claim', or until when it is put off and why. */
function texts(
  traits: Record<string, unknown>,
  instant: string,
  { legal, ...settings }: Partial<SendSettings> & { legal?: Legal } = {},
): unknown {
  const ada = new Bench(
    [manifest('journey', 'Signed Up', { hello: letter('hello', null, { channels: ['sms'], ...settings }) })],
    'ada',
    { ...SETTINGS, legal: legalWithDefaults(legal) },
  );
  ada.wait(at(instant));
  ada.identify(traits);
  ada.event('Signed Up');
  const answer = ada.send('hello');
  if (answer.kind === 'claim') return 'claim';
  const told = ada.log.findLast(({ kind }) => kind === 'defers' || kind === 'skips');
  return [told?.reason, told?.until];
}

const NEW_YORK = { phone: '+12125550123' };
const MIAMI = { phone: '+13055550123' };

describe('marketing texts', () => {
  it('go out from 08:00 to 21:00 of the recipient, without a word in the settings', () => {
    expect(texts(NEW_YORK, '2026-03-02T12:59:59Z')).toEqual(['legal hours', '2026-03-02T13:00:00.000Z']);
    expect(texts(NEW_YORK, '2026-03-02T13:00:00Z')).toBe('claim');
    expect(texts(NEW_YORK, '2026-03-03T01:59:59Z')).toBe('claim');
    expect(texts(NEW_YORK, '2026-03-03T02:00:00Z')).toEqual(['legal hours', '2026-03-03T13:00:00.000Z']);
  });

  it('keep to the stricter of number and profile', () => {
    // 08:00 in New York is 05:00 in Los Angeles; 21:00 there is midnight in New York.
    const moved = { ...NEW_YORK, timezone: 'America/Los_Angeles' };
    expect(texts(moved, '2026-03-02T13:30:00Z')).toEqual(['legal hours', '2026-03-02T16:00:00.000Z']);
    expect(texts(moved, '2026-03-03T02:30:00Z')).toEqual(['legal hours', '2026-03-03T16:00:00.000Z']);
  });

  it('to a number without a place keep to all zones of its country, unless the profile names one of them', () => {
    const anywhere = { phone: '+18005550123' };
    // 08:00 in Honolulu and before 21:00 in New York.
    expect(texts(anywhere, '2026-03-02T14:00:00Z')).toEqual(['legal hours', '2026-03-02T18:00:00.000Z']);
    expect(texts({ ...anywhere, timezone: 'America/Chicago' }, '2026-03-02T14:00:00Z')).toBe('claim');
  });

  it('keep to the shorter hours of a state, of the number or of the profile', () => {
    // 20:30 on the east coast.
    expect(texts(NEW_YORK, '2026-03-03T01:30:00Z')).toBe('claim');
    expect(texts(MIAMI, '2026-03-03T01:30:00Z')).toEqual(['legal hours', '2026-03-03T13:00:00.000Z']);
    const lives = { ...NEW_YORK, address: { state: 'FL' } };
    expect(texts(lives, '2026-03-03T01:30:00Z')).toEqual(['legal hours', '2026-03-03T13:00:00.000Z']);
    // Sunday, 10:00 in Dallas.
    expect(texts({ phone: '+12145550123' }, '2026-03-15T15:00:00Z')).toEqual([
      'legal hours',
      '2026-03-15T17:00:00.000Z',
    ]);
  });

  it('can be told other presets, by the country of the number', () => {
    const german = { phone: '+4915112345678' };
    const legal: Legal = { sms: { US: ['us-tcpa'], others: 'none' } };
    expect(texts(german, '2026-03-02T22:00:00Z', { legal })).toBe('claim');
    expect(texts(MIAMI, '2026-03-03T01:30:00Z', { legal })).toBe('claim');
    expect(texts(MIAMI, '2026-03-03T02:30:00Z', { legal })).toEqual([
      'legal hours',
      '2026-03-03T13:00:00.000Z',
    ]);
    expect(texts(MIAMI, '2026-03-03T02:30:00Z', { legal: { sms: 'none' } })).toBe('claim');
  });

  it('never go out where the own windows lie outside the legal hours', () => {
    const windows = {
      sms: [{ on: ['monday'], from: '21:00', to: '23:00' }],
    } satisfies SendSettings['windows'];
    expect(texts(NEW_YORK, '2026-03-03T03:00:00Z', { windows })).toEqual(['expired', undefined]);
  });

  it('wait for own windows in the zone that decides, and for the law in every one', () => {
    // The window of New York and that of Berlin have no hour in common: the number decides, and the law of both still holds.
    const windows = {
      sms: [{ on: ['monday', 'tuesday'], from: '09:00', to: '10:00' }],
    } satisfies SendSettings['windows'];
    const moved = { ...NEW_YORK, timezone: 'Europe/Berlin' };
    expect(texts(moved, '2026-03-02T08:00:00Z', { windows })).toEqual([
      'outside the windows',
      '2026-03-02T14:00:00.000Z',
    ]);
  });
});

describe('the law', () => {
  it('does not hold back what is transactional, nor another channel', () => {
    expect(texts(NEW_YORK, '2026-03-02T08:00:00Z', { class: 'transactional' })).toBe('claim');
    expect(
      texts({ ...NEW_YORK, email: 'ada@shop.example' }, '2026-03-02T08:00:00Z', { channels: ['email'] }),
    ).toBe('claim');
  });
});
