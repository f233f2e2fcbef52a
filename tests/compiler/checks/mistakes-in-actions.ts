// Mistakes that people make in steps that act: the step that takes the place of the first one in a good journey, and the one
// diagnostic that must come of it, with its place.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import type { Mistake } from './mistakes-in-rules.ts';

const step = (name: string, fields: object, code: Mistake[2], pointer: string): Mistake => [
  name,
  { '/steps/0': { id: 'act', ...fields } },
  code,
  `/steps/0${pointer}`,
];
const update = (name: string, change: object, code: Mistake[2], pointer: string): Mistake =>
  step(`update ${name}`, { type: 'update', ...change }, code, pointer);
const emit = (name: string, fields: object, code: Mistake[2], pointer: string): Mistake =>
  step(`emit ${name}`, { type: 'emit', event: 'Scored', ...fields }, code, pointer);

export const MISTAKES_IN_ACTIONS: readonly Mistake[] = [
  update('of nothing', { set: {} }, 'nothing-to-change', ''),
  update('field', { sets: { age: 1 } }, 'unknown-field', '/sets'),
  update('trait', { set: { aeg: 1 } }, 'unknown-trait', '/set/aeg'),
  update('removed trait', { remove: ['tag'] }, 'unknown-trait', '/remove/0'),
  update('removes none', { remove: [] }, 'nothing-to-change', ''),
  update('number as text', { set: { age: '7' } }, 'value-does-not-fit', '/set/age'),
  update('number as words', { set: { age: 'about {{ profile.age }}' } }, 'value-does-not-fit', '/set/age'),
  update('number from a text', { set: { age: '{{ profile.country }}' } }, 'value-does-not-fit', '/set/age'),
  update('text as number', { set: { country: 7 } }, 'value-does-not-fit', '/set/country'),
  update('yes/no as text', { set: { member: 'yes' } }, 'value-does-not-fit', '/set/member'),
  update('date as words', { set: { birthday: 'tomorrow' } }, 'value-does-not-fit', '/set/birthday'),
  update('list as text', { set: { tags: 'a, b' } }, 'value-does-not-fit', '/set/tags'),
  update('list from a number', { set: { tags: '{{ profile.age }}' } }, 'value-does-not-fit', '/set/tags'),
  update('null', { set: { age: null } }, 'value-does-not-fit', '/set/age'),
  update('adds to a text', { add: { country: 'DE' } }, 'change-not-for-type', '/add/country'),
  update('counts a text', { increment: { country: 1 } }, 'change-not-for-type', '/increment/country'),
  update('takes from a number', { remove: { age: 1 } }, 'change-not-for-type', '/remove/age'),
  update('counts by words', { increment: { age: 'one' } }, 'value-does-not-fit', '/increment/age'),
  update('twice', { set: { age: 1 }, increment: { age: 1 } }, 'changed-twice', '/increment/age'),
  update('Liquid', { set: { country: '{{ profile.country' } }, 'value-liquid', '/set/country'),
  update('filter', { set: { country: '{{ profile.country | up }}' } }, 'value-liquid', '/set/country'),
  update('variable', { set: { country: '{{ user.country }}' } }, 'unknown-variable', '/set/country'),
  update('run variable', { set: { age: '{{ run.rounds | plus: 1 }}' } }, 'unknown-variable', '/set/age'),
  update('trait in a text', { set: { country: 'x {{ profile.contry }}' } }, 'unknown-trait', '/set/country'),
  update('property in a text', { set: { country: '{{ entry.cart }}' } }, 'unknown-property', '/set/country'),
  update('saved in a text', { set: { age: '{{ saved.score.value }}' } }, 'unknown-saved', '/set/age'),
  emit('without an event', { event: undefined }, 'missing-field', ''),
  emit('unknown event', { event: 'Scord' }, 'unknown-event', '/event'),
  emit('built-in event', { event: 'Message Opened' }, 'built-in-emitted', '/event'),
  emit('unknown property', { properties: { scor: 1 } }, 'unknown-property', '/properties/scor'),
  emit('type of a property', { properties: { score: 'high' } }, 'value-does-not-fit', '/properties/score'),
  emit('address', { properties: { note: 'by {{ profile.email }}' } }, 'personal-data', '/properties/note'),
  emit('written address', { properties: { note: 'ada@example.com' } }, 'personal-data', '/properties/note'),
  emit('saveAs', { saveAs: 'x' }, 'unknown-field', '/saveAs'),
  step('invoke nothing', { type: 'invoke' }, 'missing-field', ''),
  step('invoke unknown', { type: 'invoke', function: 'scor' }, 'unknown-function', '/function'),
  step('invoke unused', { type: 'invoke', function: 'score', saveAs: 'x' }, 'saved-never-used', '/saveAs'),
  step('invoke name', { type: 'invoke', function: 'score', saveAs: 'my score' }, 'invalid-value', '/saveAs'),
  step(
    'invoke onFailure',
    { type: 'invoke', function: 'score', onFailure: 'stop' },
    'not-one-of',
    '/onFailure',
  ),
  step('webhook unknown', { type: 'webhook', endpoint: 'crmm' }, 'unknown-endpoint', '/endpoint'),
  step('webhook nothing', { type: 'webhook' }, 'missing-field', ''),
  step('webhook body', { type: 'webhook', endpoint: 'crm', body: [] }, 'wrong-type', '/body'),
  step(
    'webhook address',
    { type: 'webhook', endpoint: 'crm', body: { a: ['{{ profile.phone }}'] } },
    'personal-data',
    '/body/a/0',
  ),
  step('enter nothing', { type: 'enter' }, 'missing-field', ''),
  step('enter unknown', { type: 'enter', journey: 'smaple' }, 'unknown-journey', '/journey'),
  step('enter itself', { type: 'enter', journey: 'sample' }, 'enters-itself', '/journey'),
];

/** Sound steps, of which nothing is said. */
export const SOUND_ACTIONS: Readonly<Record<string, readonly object[]>> = {
  'every change at once': [
    {
      id: 'act',
      type: 'update',
      set: { country: '{{ profile.country | upcase }}', birthday: '2026-03-27', member: true },
      add: { tags: ['a', '{{ entry.cart_id }}'] },
      remove: ['renews'],
      increment: { age: '{{ entry.price }}' },
    },
  ],
  'an answer that decides, is written and printed': [
    { id: 'act', type: 'invoke', function: 'score', input: { id: '{{ customer.id }}' }, saveAs: 'score' },
    {
      id: 'high',
      type: 'branch',
      cases: [{ name: 'high', when: { 'saved.score.value': { gte: 70 } }, then: [] }],
    },
    { id: 'note', type: 'update', set: { age: '{{ saved.score.value }}' } },
    { id: 'tell', type: 'emit', event: 'Scored', properties: { score: '{{ saved.score.value | plus: 1 }}' } },
    {
      id: 'crm',
      type: 'webhook',
      endpoint: 'crm',
      body: { who: '{{ customer.id }}', list: [1, true, null] },
    },
  ],
  'a date and time as text, and an unnamed one': [
    { id: 'act', type: 'update', set: { country: '{{ profile.renews }}', renews: '{{ entry.at }}' } },
  ],
};
