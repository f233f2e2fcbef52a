// Public holidays of Germany by state: art. 2 of the Unification Treaty (3 October) and the holiday acts of the states.
import { during, easter, fixed, lastBefore, type HolidayRule } from './rules.ts';

const NATIONWIDE: readonly HolidayRule[] = [
  fixed('01-01'),
  easter(-2),
  easter(1),
  fixed('05-01'),
  easter(39),
  easter(50),
  fixed('10-03'),
  fixed('12-25'),
  fixed('12-26'),
  // The fifth centenary of the Reformation, once and in every state.
  during({ from: 2017, to: 2017 }, fixed('10-31')),
];

const EPIPHANY = fixed('01-06');
const WOMENS_DAY = fixed('03-08');
const CORPUS_CHRISTI = easter(60);
const ASSUMPTION = fixed('08-15');
const REFORMATION = fixed('10-31');
const ALL_SAINTS = fixed('11-01');
/** The Wednesday before 23 November. */
const REPENTANCE = lastBefore('wednesday', '11-23');

/** Holidays of single communities (Augsburg, Catholic places in Thuringia and Saxony) are in none of them. */
const STATES: Readonly<Record<string, readonly HolidayRule[]>> = {
  'DE-BB': [easter(0), easter(49), REFORMATION],
  'DE-BE': [during({ from: 2019 }, WOMENS_DAY), endOfTheWar(), uprising()],
  'DE-BW': [EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS],
  // The Assumption is one in most communities of Bavaria, and in all where most people live.
  'DE-BY': [EPIPHANY, CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS],
  'DE-HB': [during({ from: 2018 }, REFORMATION)],
  'DE-HE': [CORPUS_CHRISTI],
  'DE-HH': [during({ from: 2018 }, REFORMATION)],
  'DE-MV': [during({ from: 2023 }, WOMENS_DAY), REFORMATION],
  'DE-NI': [during({ from: 2018 }, REFORMATION)],
  'DE-NW': [CORPUS_CHRISTI, ALL_SAINTS],
  'DE-RP': [CORPUS_CHRISTI, ALL_SAINTS],
  'DE-SH': [during({ from: 2018 }, REFORMATION)],
  'DE-SL': [CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS],
  'DE-SN': [REFORMATION, REPENTANCE],
  'DE-ST': [EPIPHANY, REFORMATION],
  'DE-TH': [during({ from: 2019 }, fixed('09-20')), REFORMATION],
};

/** `DE`: what is one everywhere; the states beside it by their codes of ISO 3166-2. */
export const GERMANY: Readonly<Record<string, readonly HolidayRule[]>> = {
  DE: NATIONWIDE,
  ...Object.fromEntries(Object.entries(STATES).map(([state, own]) => [state, [...NATIONWIDE, ...own]])),
};

/** The end of the war, in Berlin 75 and 80 years after it. */
function endOfTheWar(): HolidayRule {
  return (year) => (year === 2020 || year === 2025 ? fixed('05-08')(year) : []);
}

/** The uprising in the GDR, in Berlin 75 years after it (Gesetz über die Sonn- und Feiertage, § 1). */
function uprising(): HolidayRule {
  return (year) => (year === 2028 ? fixed('06-17')(year) : []);
}
