// Addresses of people do not belong into events and calls that leave the customer's document: whoever reads them later, in logs,
// archives and other systems, could not be told to forget them.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

const ADDRESS_NAME = /^(?:e-?mail|phone|mobile)/i;
const ADDRESS = /[^\s@{}"'<>]+@[^\s@{}"'<>]+\.[a-z]{2,}/i;

/** Of a telephone, as people write it with its country. */
const NUMBER = /\+\d[\d ()/-]{7,}\d/;

/** For people who edit the journey, and values, which are looked at by themselves. */
const NOT_LOOKED_AT = new Set([
  'note',
  'description',
  '$schema',
  'properties',
  'body',
  'input',
  'set',
  'add',
  'remove',
]);

export const personalData: Check = function* personalData({ values, journey }) {
  yield* inTexts(journey, []);
  for (const { part, texts } of values) {
    if (part !== 'properties' && part !== 'body') continue;
    for (const { read, text, path } of texts) {
      if ('problem' in read) continue;
      const variable = read.variables.find(
        ([root, ...names]) =>
          (root === 'profile' || root === 'entry' || root === 'saved') &&
          names.some((name) => name !== undefined && ADDRESS_NAME.test(name)),
      );
      const name = variable?.map((one) => one ?? '…').join('.') ?? ADDRESS.exec(text)?.[0];
      if (name !== undefined)
        yield finding('personal-data', path, { name, where: part === 'body' ? 'call' : 'event' });
    }
  }
};

/** Names, reasons and conditions stand in every version of the journey, in the names of states, in reports and logs. */
function* inTexts(value: unknown, path: JsonPath): Generator<Finding> {
  if (typeof value === 'string') {
    const name = (ADDRESS.exec(value) ?? NUMBER.exec(value))?.[0];
    if (name !== undefined) yield finding('personal-data', path, { name, where: 'journey' });
  } else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* inTexts(one, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, one] of Object.entries(value))
      if (!NOT_LOOKED_AT.has(key)) yield* inTexts(one, [...path, key]);
  }
}
