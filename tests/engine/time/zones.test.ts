// The zone of a customer, from whatever the profile holds.
import { isZone } from '#lib/engine/time/zone-names.ts';
import { customerZone, phoneZone } from '#lib/engine/time/zones.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('isZone', () => {
  test.each([
    'Europe/Berlin',
    'America/Argentina/Ushuaia',
    'UTC',
    'Etc/GMT+5',
    'Asia/Calcutta',
    'Asia/Kolkata',
  ])('%s is one', (name) => expect(isZone(name)).toBe(true));

  test.each([
    '',
    'Europe/Atlantis',
    '+02:00',
    'GMT+2',
    'Z',
    'W. Europe Standard Time',
    ' Europe/Berlin',
    2,
    null,
  ])('%j is none', (name) => expect(isZone(name)).toBe(false));
});

describe('customerZone', () => {
  test('the profile comes first, then country, then phone, then the workspace', () => {
    const traits = { timezone: 'Asia/Tokyo', country: 'FR', phone: '+4930123456' };
    expect(customerZone(traits, 'UTC')).toEqual({ zone: 'Asia/Tokyo', from: 'profile' });
    expect(customerZone({ ...traits, timezone: 'Mars/Olympus' }, 'UTC')).toEqual({
      zone: 'Europe/Paris',
      from: 'country',
    });
    expect(customerZone({ ...traits, timezone: '', country: 'US' }, 'UTC')).toEqual({
      zone: 'Europe/Berlin',
      from: 'phone',
    });
    expect(customerZone({ country: 'US', phone: '+12125550123' }, 'Europe/Oslo')).toEqual({
      zone: 'America/New_York',
      from: 'phone',
    });
    expect(customerZone({ country: 'US', phone: '+18005550123' }, 'Europe/Oslo')).toEqual({
      zone: 'Europe/Oslo',
      from: 'workspace',
    });
    expect(customerZone({}, 'Europe/Oslo')).toEqual({ zone: 'Europe/Oslo', from: 'workspace' });
  });

  test('zones of a country that differ only in the past count as one', () => {
    expect(customerZone({ country: 'DE' }, 'UTC').zone).toBe('Europe/Berlin');
    expect(customerZone({ country: 'AR' }, 'UTC').from).toBe('country');
  });

  test.each(['US', 'RU', 'AU', 'BR', 'ES', 'PT', 'NZ', 'CL', 'MX', 'CN'])(
    '%s has several zones',
    (country) => {
      expect(customerZone({ country }, 'UTC').from).toBe('workspace');
    },
  );

  test('a country code may be written small; names and other codes are not guessed at', () => {
    expect(customerZone({ country: 'jp' }, 'UTC').zone).toBe('Asia/Tokyo');
    for (const country of ['Japan', 'JPN', 'XX', 'HM', 'constructor', '__proto__', 81])
      expect(customerZone({ country }, 'UTC').from).toBe('workspace');
  });

  test('garbage is never an exception', () => {
    const traits = fc.record({ timezone: fc.anything(), country: fc.anything(), phone: fc.anything() });
    fc.assert(
      fc.property(traits, (garbage) => {
        expect(isZone(customerZone(garbage, 'Europe/Oslo').zone)).toBe(true);
      }),
    );
  });
});

describe('phoneZone', () => {
  test.each([
    ['+81312345678', 'Asia/Tokyo'],
    ['+49 30 123456', 'Europe/Berlin'],
    ['+447400123456', 'Europe/London'],
    ['+18765551234', 'America/Jamaica'],
    ['+12125550123', 'America/New_York'],
    ['+18085550123', 'Pacific/Honolulu'],
  ])('%s', (phone, zone) => {
    expect(phoneZone(phone)).toBe(zone);
  });

  test.each([
    ['a country with several zones', '+79161234567'],
    ['a number of the United States without a place', '+18005550123'],
    ['an area code with two zones', '+16055550123'],
    ['an island that shares its code with another zone', '+262639123456'],
    ['a number of no country', '+80012345678'],
    ['a number without its country', '030 123456'],
    ['a number cut short', '+49'],
    ['words', 'call me'],
    ['no text', 4_930_123_456],
    ['nothing', undefined],
  ])('%s says nothing', (_what, phone) => {
    expect(phoneZone(phone)).toBeUndefined();
  });
});
