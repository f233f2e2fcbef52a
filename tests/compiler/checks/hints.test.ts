// Hints: what was probably meant, in words that can be copied into the journey as they stand.
import { expect, test } from 'vitest';
import { changed, readJourneys, SETTINGS } from './good-journey.ts';

/** Code and hint of all that is said about the good journey with these values. */
function hintsOf(values: Readonly<Record<string, unknown>>, settings: unknown = SETTINGS): string[] {
  const { diagnostics } = readJourneys({ 'sample.json': changed(values) }, settings);
  return diagnostics.map(({ code, hint = 'no hint' }) => `${code}: ${hint}`);
}

test.each([
  ['1 hous', '1 hour'],
  ['7 dyas', '7 days'],
  ['1hour', '1 hour'],
  ['02 Days', '2 days'],
  ['5 min', '5 minutes'],
  ['3d', '3 days'],
  ['2 moths', '2 months'],
  ['weekly', '1 week'],
])('"%s" is no duration, "%s" is', (written, meant) => {
  const hints = [`invalid-value: Did you mean "${meant}"?`];
  expect(hintsOf({ '/steps/0/for': written })).toEqual(hints);
  expect(hintsOf({ '/entry/where': { 'profile.renews': { 'within last': written } } })).toEqual(hints);
});

test.each(['soon', '3 m', '2 fortnights', '0 dayz'])('of "%s" nothing is guessed', (written) => {
  expect(hintsOf({ '/steps/0/for': written })).toEqual(['invalid-value: no hint']);
});

test.each([
  ['/steps/0/for', 60, '60 minutes'],
  ['/steps/0/for', 1, '1 minute'],
  ['/entry/holdout', 5, '5%'],
  ['/entry/holdout', 12.5, '12.5%'],
  ['/steps/3/arms/0/share', 50, '50%'],
])('at %s the number %d was to be "%s"', (pointer, value, meant) => {
  expect(hintsOf({ [pointer]: value })).toEqual([`wrong-type: Write it as a text, such as "${meant}".`]);
});

test.each([
  ['/steps/0/for', -3],
  ['/steps/0/for', 0],
  ['/steps/3/arms/0/share', 500],
  ['/name', 7],
])('at %s the number %d makes no text that would do', (pointer, value) => {
  expect(hintsOf({ [pointer]: value })).toEqual(['wrong-type: no hint']);
});

test.each(['5', '5 %', '5 percent'])('"%s" was to be a percentage', (written) => {
  expect(hintsOf({ '/entry/holdout': written })).toEqual(['invalid-value: Did you mean "5%"?']);
});

test('a duration alone is no rule of reentry', () => {
  expect(hintsOf({ '/entry/reentry': '30 days' })).toEqual([
    'not-one-of: Did you mean { "after": "30 days" }?',
  ]);
  expect(hintsOf({ '/entry/reentry': 'sometimes' })).toEqual([
    'not-one-of: Possible: "never", "after exit" and "always".',
  ]);
});

test.each([
  ['delay', 'wait'],
  ['Wait Until', 'waitFor'],
  ['email', 'send'],
  ['if', 'branch'],
  ['ab-test', 'split'],
  ['end', 'exit'],
])('a step of type "%s" is called "%s" here', (written, meant) => {
  expect(hintsOf({ '/steps/0/type': written })).toEqual([`not-one-of: Did you mean "${meant}"?`]);
});

test.each([
  ['/entry/where', 'price', 'Did you mean "event.price"?'],
  ['/entry/where', 'country', 'Did you mean "profile.country"?'],
  ['/entry/where', 'contry', 'Did you mean "profile.country"?'],
  ['/exit/1/when', 'price', 'Did you mean "entry.price"?'],
  ['/entry/where', 'anny', 'Did you mean "any"?'],
])('in %s, "%s": %s', (pointer, name, hint) => {
  expect(hintsOf({ [pointer]: { [name]: 3 } })).toEqual([`unknown-field: ${hint}`]);
});

test('a name that nobody has declared: how fields are written, not the closest form', () => {
  expect(hintsOf({ '/entry/where': { n: 3 } })[0]).toContain('such as "event.n" or "profile.n"');
  expect(hintsOf({ '/exit/1/when': { n: 3 } })[0]).toContain('such as "entry.n" or "profile.n"');
  expect(hintsOf({ '/entry/where': { not: { n: 3 } } })[0]).toContain('"event.n"');
});

test('a trait and a property of one name are both meant', () => {
  const { vocabulary } = SETTINGS;
  const traits = { ...vocabulary.traits, price: 'number' };
  const settings = { ...SETTINGS, vocabulary: { ...vocabulary, traits } };
  expect(hintsOf({ '/entry/where': { price: 3 } }, settings)).toEqual([
    'unknown-field: Did you mean "event.price" or "profile.price"?',
  ]);
});

test('an object with nothing in it is one mistake', () => {
  const { diagnostics } = readJourneys({ 'Bad Name.json': '{}', 'sample.json': '{}' });
  expect(diagnostics.map(({ file, code, message }) => `${file} ${code}: ${message}`)).toEqual([
    'journeys/Bad Name.json invalid-file-name: "Bad Name" cannot be the id of a journey.',
    'journeys/Bad Name.json missing-field: Here is nothing; the fields "name", "entry" and "steps" are missing.',
    'journeys/sample.json missing-field: Here is nothing; the fields "name", "entry" and "steps" are missing.',
  ]);
  expect(hintsOf({ '/delivery/caps/0': {} })).toHaveLength(1);
});

test.each([
  ['9:00', 'Did you mean "09:00"?'],
  ['9am', 'Did you mean "09:00"?'],
  ['12 AM', 'Did you mean "00:00"?'],
  ['08:00 PM', 'Did you mean "20:00"?'],
  ['7.30 p.m.', 'Did you mean "19:30"?'],
  ['noon', 'Did you mean "12:00"?'],
  ['2026-12-24', 'For a day of the calendar say at what time: { "date": "2026-12-24", "at": "09:00" }.'],
  [
    '2026-12-24 18:00',
    'In the customer\'s own time that is { "date": "2026-12-24", "at": "18:00" }; for the same moment everywhere add an offset, such as "2026-12-24T18:00:00Z".',
  ],
  ['profile.renews', 'Dates of the customer are written { "date": "profile.renews" }.'],
  ['3 days', 'For a length of time write "for": "3 days".'],
  ['tomorrow', 'Write "for": "1 day", or "until": "09:00" for the next time it is so late.'],
  ['Monday 9am', 'Write "until": "09:00", "on": ["monday"].'],
  ['mondays', 'Write "until": "09:00", "on": ["monday"].'],
  ['fri 18:30', 'Write "until": "18:30", "on": ["friday"].'],
])('until "%s": %s', (written, hint) => {
  expect(hintsOf({ '/steps/0/until': written })).toEqual([`invalid-value: ${hint}`]);
});

test.each(['soon', '25:00', '13 pm', '0 am', '9', '24', 'on', '1.5'])(
  'of until "%s" nothing is guessed',
  (written) => {
    expect(hintsOf({ '/steps/0/until': written })).toEqual(['invalid-value: no hint']);
  },
);

test.each([
  ['before 3 days', '3 days before'],
  ['3 days earlier', '3 days before'],
  ['3 dyas before', '3 days before'],
  ['2 hours later', '2 hours after'],
  ['2h after', '2 hours after'],
])('offset "%s" was to be "%s"', (written, meant) => {
  expect(hintsOf({ '/steps/0/until': { date: 'profile.renews', offset: written } })).toEqual([
    `invalid-value: Did you mean "${meant}"?`,
  ]);
});

test('a moment where a length of time stands', () => {
  expect(hintsOf({ '/steps/0/for': '3 days before' })).toEqual([
    'invalid-value: "before" and "after" need a date: "until": { "date": "profile.…", "offset": "3 days before" }.',
  ]);
  expect(hintsOf({ '/steps/0/for': '9:00' })).toEqual([
    'invalid-value: A time of day is written "until": "09:00".',
  ]);
});

test.each(['date', 'offset', 'at'])('"%s" belongs into "until"', (name) => {
  expect(hintsOf({ [`/steps/0/${name}`]: '09:00' })).toEqual([
    'unknown-field: It belongs into "until": { "date": "profile.…", "offset": "3 days before", "at": "09:00" }.',
  ]);
});
