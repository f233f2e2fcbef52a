// Addresses of people do not belong into events and calls that leave the customer's document: whoever reads them later, in logs,
// archives and other systems, could not be told to forget them.
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

const ADDRESS_NAME = /^(?:e-?mail|phone|mobile)/i;
const ADDRESS = /[^\s@{}"'<>]+@[^\s@{}"'<>]+\.[a-z]{2,}/i;

export const personalData: Check = function* personalData({ values }) {
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
