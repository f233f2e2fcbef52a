// Where a number is at home: the state and the zones of an area code, else all zones of the country.
import { expect, test } from 'vitest';
import { phonePlace } from '#lib/engine/time/phone-place.ts';
import { isZone } from '#lib/engine/time/zone-names.ts';

test.each([
  ['+12125550123', 'US', 'NY', ['America/New_York']],
  ['+13055550123', 'US', 'FL', ['America/New_York']],
  ['+18505550123', 'US', 'FL', ['America/New_York', 'America/Chicago']],
  ['+14805550123', 'US', 'AZ', ['America/Phoenix']],
  ['+19155550123', 'US', 'TX', ['America/Chicago', 'America/Denver']],
  ['+4915112345678', 'DE', undefined, ['Europe/Berlin']],
  // The same plan of numbers, and other countries: a clock of their own each.
  ['+17875550123', 'PR', undefined, ['America/Puerto_Rico']],
])('%s', (phone, country, state, zones) => {
  expect(phonePlace(phone)).toEqual({ country, zones, ...(state === undefined ? {} : { state }) });
});

test('a number without a place may be in any zone of its country, each clock once', () => {
  const zones = phonePlace('+18005550123')?.zones ?? [];
  expect(zones).toContain('Pacific/Honolulu');
  expect(zones.length).toBeGreaterThan(6);
  expect(zones.length).toBeLessThan(15);
  expect(zones.every(isZone)).toBe(true);
});

test('what is no number has no place', () => {
  for (const phone of ['212 555 0123', '+1', 'call me', 12, undefined, '+80012345678'])
    expect(phonePlace(phone)).toBeUndefined();
});
