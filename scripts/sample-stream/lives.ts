// A customer from the first day on: signs up, agrees to some things, and lives through a few stories.
import { drawWishes } from './about-people.ts';
import { chanceOf } from './chance.ts';
import type { Chance } from './chance.ts';
import { comeBack, getVoucher, giveSecondChances, orderFurniture, planRoom } from './occasions.ts';
import { drawPerson } from './people.ts';
import type { Person } from './people.ts';
import {
  askForStock,
  buy,
  leaveCart,
  look,
  lookAndRead,
  reachTier,
  sayNo,
  saveTwoBaskets,
} from './stories.ts';
import type { Story } from './stories.ts';
import { DAY, diaryOf, HOUR, MINUTE } from './stream.ts';
import type { Diary, Moment } from './stream.ts';

/** Both changes of the clocks lie well inside: 8 and 29 March, 4 and 5 April; 18 and 25 October, 1 November. */
const SEASONS: readonly { readonly from: Moment; readonly days: number }[] = [
  { from: Date.UTC(2026, 2, 1), days: 43 },
  { from: Date.UTC(2026, 9, 10), days: 42 },
];

const STORIES: Readonly<Record<string, { readonly story: Story; readonly weight: number }>> = {
  look: { story: look, weight: 14 },
  lookAndRead: { story: lookAndRead, weight: 14 },
  leaveCart: { story: leaveCart, weight: 34 },
  buy: { story: buy, weight: 10 },
  saveTwoBaskets: { story: saveTwoBaskets, weight: 12 },
  askForStock: { story: askForStock, weight: 10 },
  sayNo: { story: sayNo, weight: 5 },
  reachTier: { story: reachTier, weight: 7 },
};

/** What the customer with this number is and does; the calls in the order in which they were told, not in that of time. */
export function live(number: number): Diary {
  const chance = chanceOf(20_260_301 + number);
  const drawn = drawPerson(number, chance);
  const beyond = chanceOf(20_271_122 + number);
  const person = { ...drawn, traits: { ...drawn.traits, ...drawWishes(beyond) } };
  const diary = diaryOf(person);
  const first = chance.between(0, SEASONS.length - 1);
  const season = SEASONS[first];
  if (season === undefined) throw new RangeError('no season');

  signUp(diary, chance, moment(season, person, chance, 0.6));
  liveOn(diary, chance, season, chance.between(1, 3));
  // Some of spring come back in autumn.
  const autumn = SEASONS[1];
  if (first === 0 && autumn !== undefined && chance.inHundred(40))
    liveOn(diary, chance, autumn, chance.between(1, 2));
  haveOccasions(diary, beyond, season);
  return diary;
}

/** What happens to few. */
function haveOccasions(diary: Diary, chance: Chance, season: (typeof SEASONS)[number]): void {
  const joined = Math.min(...diary.calls.map((call) => call.happened));
  const some = (): Moment =>
    Math.max(moment(season, diary.person, chance, 1), joined + chance.between(2, 9) * DAY);
  if (chance.inHundred(10)) orderFurniture(diary, chance, some());
  if (chance.inHundred(14)) getVoucher(diary, chance, some());
  if (chance.inHundred(6)) planRoom(diary, chance, some());
  giveSecondChances(diary, chance);
  comeBack(diary, chance);
}

function signUp(diary: Diary, chance: Chance, start: Moment): void {
  diary.identify(start, diary.person.traits);
  agree(diary, chance, start + MINUTE);
  // Half look around at once; a letter is read the next day, or never.
  if (chance.inHundred(50)) look(diary, chance, start + chance.between(2, 30) * MINUTE);
  if (chance.inHundred(45)) {
    diary.track(start + chance.between(13, 22) * HOUR, 'Message Opened', { message: 'welcome' });
  }
}

function agree(diary: Diary, chance: Chance, at: Moment): void {
  const wanted = chance.weighted({ everything: 60, email: 25, nothing: 15 });
  if (wanted === 'everything') diary.track(at, 'Consent Changed', { topic: 'promotions', granted: true });
  if (wanted === 'email')
    diary.track(at, 'Consent Changed', { topic: 'promotions', channel: 'email', granted: true });
  if (wanted !== 'nothing' && chance.inHundred(80)) {
    diary.track(at, 'Consent Changed', { topic: 'baskets', granted: true });
  }
}

function liveOn(diary: Diary, chance: Chance, season: (typeof SEASONS)[number], stories: number): void {
  const weights = Object.fromEntries(Object.entries(STORIES).map(([name, { weight }]) => [name, weight]));
  const joined = Math.min(...diary.calls.map((call) => call.happened));
  let at = Math.max(moment(season, diary.person, chance, 1), joined + chance.between(1, 4) * DAY);
  for (let left = stories; left > 0; left -= 1) {
    const chosen = STORIES[chance.weighted(weights)];
    if (chosen !== undefined) at = chosen.story(diary, chance, at);
    at += chance.between(2, 9) * DAY + chance.between(0, 5) * HOUR;
  }
}

/** Some day in the first `part` of the season; mostly between breakfast and bedtime, for one in eight at night. */
function moment(season: (typeof SEASONS)[number], person: Person, chance: Chance, part: number): Moment {
  const day = chance.between(0, Math.floor(season.days * part) - 1);
  const hour = chance.inHundred(12) ? chance.between(0, 5) : chance.between(8, 21);
  const second = chance.between(0, 3599);
  return season.from + day * DAY + (hour - person.offset) * HOUR + second * 1000;
}
