// The customers of the sample stream. All addresses are at example.com and all phone numbers from ranges kept for fiction
// or without subscribers, as far as the country has any.
import type { Chance } from './chance.ts';

export interface Person {
  readonly id: string;
  readonly traits: Readonly<Record<string, unknown>>;
  /** As their device reports it; some report none, one reports nonsense. */
  readonly timezone: string | undefined;
  readonly locale: string | undefined;
  /** Standard offset from UTC in hours: people do things by day. Half an hour more or less does not matter here. */
  readonly offset: number;
  readonly language: 'de' | 'en';
}

interface Place {
  readonly timezone: string;
  readonly offset: number;
  readonly locale: string;
  readonly country: string;
  readonly city: string;
  /** Start of a mobile number; the rest is drawn. */
  readonly phone: string;
  readonly weight: number;
}

const PLACES: readonly Place[] = [
  {
    timezone: 'Europe/Berlin',
    offset: 1,
    locale: 'de-DE',
    country: 'DE',
    city: 'Hamburg',
    phone: '+4915299',
    weight: 26,
  },
  {
    timezone: 'Europe/Vienna',
    offset: 1,
    locale: 'de-AT',
    country: 'AT',
    city: 'Graz',
    phone: '+4366099',
    weight: 6,
  },
  {
    timezone: 'Europe/London',
    offset: 0,
    locale: 'en-GB',
    country: 'GB',
    city: 'Leeds',
    phone: '+447700900',
    weight: 14,
  },
  {
    timezone: 'America/New_York',
    offset: -5,
    locale: 'en-US',
    country: 'US',
    city: 'Albany',
    phone: '+1518555',
    weight: 12,
  },
  {
    timezone: 'America/Chicago',
    offset: -6,
    locale: 'en-US',
    country: 'US',
    city: 'Madison',
    phone: '+1608555',
    weight: 5,
  },
  {
    timezone: 'America/Los_Angeles',
    offset: -8,
    locale: 'en-US',
    country: 'US',
    city: 'Fresno',
    phone: '+1559555',
    weight: 8,
  },
  {
    timezone: 'America/Sao_Paulo',
    offset: -3,
    locale: 'pt-BR',
    country: 'BR',
    city: 'Campinas',
    phone: '+5519990',
    weight: 5,
  },
  {
    timezone: 'Asia/Tokyo',
    offset: 9,
    locale: 'ja-JP',
    country: 'JP',
    city: 'Sendai',
    phone: '+819000',
    weight: 6,
  },
  {
    timezone: 'Asia/Kolkata',
    offset: 5.5,
    locale: 'en-IN',
    country: 'IN',
    city: 'Pune',
    phone: '+9190000',
    weight: 6,
  },
  {
    timezone: 'Australia/Sydney',
    offset: 10,
    locale: 'en-AU',
    country: 'AU',
    city: 'Newcastle',
    phone: '+61491570',
    weight: 6,
  },
  {
    timezone: 'Australia/Lord_Howe',
    offset: 10.5,
    locale: 'en-AU',
    country: 'AU',
    city: 'Lord Howe',
    phone: '+61491571',
    weight: 3,
  },
  {
    timezone: 'Pacific/Auckland',
    offset: 12,
    locale: 'en-NZ',
    country: 'NZ',
    city: 'Nelson',
    phone: '+642100',
    weight: 3,
  },
];

const FIRST_NAMES = {
  de: ['Anna', 'Jonas', 'Lea', 'Felix', 'Jörg', 'Käthe', 'Mira', 'Paul', 'Sönke', 'Yasmin', 'Emre', 'Ida'],
  en: ['Amara', 'Ben', 'Chloe', 'Dev', 'Eilidh', 'Femi', 'Grace', 'Hana', 'Isaac', 'Joana', 'Kenji', 'Lucía'],
} as const;
const LAST_NAMES = {
  de: ['Brandt', 'Fröhlich', 'Gärtner', 'Hansen', 'Klein', 'Lorenz', 'Özdemir', 'Petersen', 'Weiß'],
  en: ['Okafor', 'Bell', "O'Brien", 'Sharma', 'Silva', 'Tanaka', 'Walker', 'Young', 'Hughes', 'Novak'],
} as const;

/** The customer with this number. Few know everything of themselves: some have no e-mail, no phone, no app, no zone. */
export function drawPerson(number: number, chance: Chance): Person {
  const weights = Object.fromEntries(PLACES.map((place) => [place.timezone, place.weight]));
  const zone = chance.weighted(weights);
  const place = PLACES.find((one) => one.timezone === zone);
  if (place === undefined) throw new RangeError(`no place in ${zone}`);
  const language = place.locale.startsWith('de') ? 'de' : 'en';
  const id = `c-${String(number).padStart(4, '0')}`;
  const firstName = chance.one(FIRST_NAMES[language]);
  const lastName = chance.one(LAST_NAMES[language]);
  const digits = String(chance.between(0, 9999)).padStart(4, '0');
  // American numbers for fiction end in 01xx.
  const phone = place.country === 'US' ? `${place.phone}01${digits.slice(2)}` : `${place.phone}${digits}`;
  return {
    id,
    language,
    offset: place.offset,
    timezone: zoneSaid(number, chance, place.timezone),
    locale: chance.inHundred(95) ? place.locale : undefined,
    traits: {
      ...(chance.inHundred(93) ? { firstName, lastName } : {}),
      ...(chance.inHundred(92) ? { email: `${id}@example.com` } : {}),
      ...(chance.inHundred(60) ? { phone } : {}),
      ...(chance.inHundred(45) ? { pushTokens: [`token-${id}`] } : {}),
      address: { city: place.city, country: place.country },
    },
  };
}

function zoneSaid(number: number, chance: Chance, timezone: string): string | undefined {
  if (number === 13) return 'Mars/Olympus_Mons';
  return chance.inHundred(94) ? timezone : undefined;
}
