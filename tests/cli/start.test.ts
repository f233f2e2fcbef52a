// What stops a start before anything is put together: told in words, with what to do.
import { expect, it } from 'vitest';
import { wend, writeShop } from './shop-folder.ts';

it.each([
  [['--port', '80'], 'Write a port from 1024 to 65534'],
  [['--port', 'here'], 'Write a port from 1024 to 65534'],
  [['--speed', '0'], 'Write a number above 0'],
  [['--speed', '-5'], 'Write a number above 0'],
  [['--speed', 'fast'], 'Write a number above 0'],
  [['--chaos', 'much'], 'Write a whole number'],
  [['--start', 'yesterday'], 'Write a date such as'],
  [['--no-sample', '--events', 'x.jsonl'], 'cannot be used with'],
  [['--environment', 'Test'], 'Write the name of an environment'],
])('start %j is explained', async (words, message) => {
  const { code, err } = await wend(writeShop(), 'start', ...words);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
