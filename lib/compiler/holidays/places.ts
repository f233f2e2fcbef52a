/**
 * Places whose public holidays are known, by their codes of ISO 3166-1 and 3166-2, with the acts that name them. What a government
 * proclaims for one year alone is not here: it is written into `closed` as a date.
 */
import { GERMANY } from './germany.ts';
import { during, easter, fixed, moved, nth, type HolidayRule } from './rules.ts';

/** A holiday on a weekend that gives the next working day off: Saturday and Sunday move to Monday. */
const MONDAY_INSTEAD = { saturday: 2, sunday: 1 } as const;
/** Christmas and the day after it, one behind the other. */
const CHRISTMAS_PAIR: readonly HolidayRule[] = [
  moved(fixed('12-25'), { saturday: 2, sunday: 2 }, { both: true }),
  moved(fixed('12-26'), { saturday: 2, sunday: 2 }, { both: true }),
];
/** 5 U.S.C. 6103(b): Saturday's is kept on Friday, Sunday's on Monday. */
const OBSERVED = { saturday: -1, sunday: 1 } as const;
const newYearAndChristmas = [fixed('01-01'), fixed('12-25')];

/** Banking and Financial Dealings Act 1971, schedule 1, and royal proclamations; those of England and Wales. */
const ENGLAND: readonly HolidayRule[] = [
  moved(fixed('01-01'), MONDAY_INSTEAD, { both: true }),
  easter(-2),
  easter(1),
  nth(1, 'monday', 5),
  nth(-1, 'monday', 5),
  nth(-1, 'monday', 8),
  ...CHRISTMAS_PAIR,
];

const PLACES: Readonly<Record<string, readonly HolidayRule[]>> = {
  ...GERMANY,
  // Feiertagsruhegesetz 1957, § 1.
  AT: [
    ...newYearAndChristmas,
    fixed('01-06'),
    easter(1),
    fixed('05-01'),
    easter(39),
    easter(50),
    easter(60),
    fixed('08-15'),
    fixed('10-26'),
    fixed('11-01'),
    fixed('12-08'),
    fixed('12-26'),
  ],
  // Loi du 4 janvier 1974 relative aux jours fériés, with the royal decree of 18 April 1974.
  BE: [
    ...newYearAndChristmas,
    easter(1),
    fixed('05-01'),
    easter(39),
    easter(50),
    fixed('07-21'),
    fixed('08-15'),
    fixed('11-01'),
    fixed('11-11'),
  ],
  // Federal constitution art. 110 (1 August), and the three days that all cantons keep beside it.
  CH: [...newYearAndChristmas, easter(39), fixed('08-01')],
  // Estatuto de los Trabajadores art. 37.2 and Real Decreto 2001/1983 art. 45: those that every region keeps.
  ES: [
    ...newYearAndChristmas,
    fixed('01-06'),
    easter(-2),
    fixed('05-01'),
    fixed('08-15'),
    fixed('10-12'),
    fixed('11-01'),
    fixed('12-06'),
    fixed('12-08'),
  ],
  // Code du travail, article L3133-1.
  FR: [
    ...newYearAndChristmas,
    easter(1),
    fixed('05-01'),
    fixed('05-08'),
    easter(39),
    easter(50),
    fixed('07-14'),
    fixed('08-15'),
    fixed('11-01'),
    fixed('11-11'),
  ],
  'GB-ENG': ENGLAND,
  'GB-WLS': ENGLAND,
  // The same act, schedule 1 paragraph 3: St Patrick's Day and the Battle of the Boyne beside those of England.
  'GB-NIR': [
    ...ENGLAND,
    moved(fixed('03-17'), MONDAY_INSTEAD, { both: true }),
    moved(fixed('07-12'), MONDAY_INSTEAD, { both: true }),
  ],
  // Organisation of Working Time Act 1997, second schedule; St Brigid's Day by S.I. 50/2022.
  IE: [
    ...newYearAndChristmas,
    during({ from: 2023 }, saintBrigid),
    fixed('03-17'),
    easter(1),
    nth(1, 'monday', 5),
    nth(1, 'monday', 6),
    nth(1, 'monday', 8),
    nth(-1, 'monday', 10),
    fixed('12-26'),
  ],
  // Legge 27 maggio 1949, n. 260; St Francis by legge 151/2025 from 2026 on.
  IT: [
    ...newYearAndChristmas,
    fixed('01-06'),
    easter(0),
    easter(1),
    fixed('04-25'),
    fixed('05-01'),
    fixed('06-02'),
    fixed('08-15'),
    during({ from: 2026 }, fixed('10-04')),
    fixed('11-01'),
    fixed('12-08'),
    fixed('12-26'),
  ],
  // Code du travail, article L. 232-2.
  LU: [
    ...newYearAndChristmas,
    easter(1),
    fixed('05-01'),
    during({ from: 2019 }, fixed('05-09')),
    easter(39),
    easter(50),
    fixed('06-23'),
    fixed('08-15'),
    fixed('11-01'),
    fixed('12-26'),
  ],
  // Algemene termijnenwet, article 3; the King's birthday is kept on Saturday where it is a Sunday.
  NL: [
    ...newYearAndChristmas,
    easter(0),
    easter(1),
    moved(fixed('04-27'), { sunday: -1 }),
    easter(39),
    easter(49),
    easter(50),
    fixed('12-26'),
  ],
  // Ustawa o dniach wolnych od pracy of 18 January 1951; Christmas Eve since 2025.
  PL: [
    ...newYearAndChristmas,
    fixed('01-06'),
    easter(0),
    easter(1),
    fixed('05-01'),
    fixed('05-03'),
    easter(49),
    easter(60),
    fixed('08-15'),
    fixed('11-01'),
    fixed('11-11'),
    during({ from: 2025 }, fixed('12-24')),
    fixed('12-26'),
  ],
  // Código do Trabalho, artigo 234.º.
  PT: [
    ...newYearAndChristmas,
    easter(-2),
    easter(0),
    fixed('04-25'),
    fixed('05-01'),
    easter(60),
    fixed('06-10'),
    fixed('08-15'),
    fixed('10-05'),
    fixed('11-01'),
    fixed('12-01'),
    fixed('12-08'),
  ],
  // 5 U.S.C. 6103(a): the holiday itself and the day on which it is kept.
  US: [
    moved(fixed('01-01'), OBSERVED, { both: true }),
    nth(3, 'monday', 1),
    nth(3, 'monday', 2),
    nth(-1, 'monday', 5),
    during({ from: 2021 }, moved(fixed('06-19'), OBSERVED, { both: true })),
    moved(fixed('07-04'), OBSERVED, { both: true }),
    nth(1, 'monday', 9),
    nth(2, 'monday', 10),
    moved(fixed('11-11'), OBSERVED, { both: true }),
    nth(4, 'thursday', 11),
    moved(fixed('12-25'), OBSERVED, { both: true }),
  ],
};

/** The first Monday in February, but the first of February where that is a Friday. */
function saintBrigid(year: number): readonly number[] {
  const [first = 0] = fixed('02-01')(year);
  const [friday = 0] = nth(1, 'friday', 2)(year);
  return first === friday ? [first] : nth(1, 'monday', 2)(year);
}

/** Codes of all places, in their order. */
export const HOLIDAY_PLACES: readonly string[] = Object.keys(PLACES).toSorted();

/** The rules of a place; undefined where it is not known. */
export function holidayRules(place: string): readonly HolidayRule[] | undefined {
  return Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
}
