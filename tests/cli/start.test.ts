// What stops a start before anything is put together: told in words, with what to do.
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wend, writeShop } from './shop-folder.ts';

it.each([
  [['--port', '80'], 'Write a port from 1024 to 65534'],
  [['--port', 'here'], 'Write a port from 1024 to 65534'],
  [['--speed', '0'], 'Write a number above 0'],
  [['--speed', '-5'], 'Write a number above 0'],
  [['--speed', 'fast'], 'Write a number above 0'],
  [['--speed', '1e6'], 'Write a number above 0'],
  [['--speed'], 'argument missing'],
  [['--chaos', 'much'], 'Write a whole number'],
  [['--chaos', '1.5'], 'Write a whole number'],
  [['--start', 'yesterday'], 'Write a date such as'],
  // Which zone is meant, nobody knows.
  [['--start', '2026-03-28T22:00'], 'Write a date such as'],
  [['--start', '2026-02-30'], 'Write a date such as'],
  // As a variable of a script that is not set.
  [['--data', ''], 'Write the name of a file or folder'],
  [['--events', ''], 'Write the name of a file or folder'],
  [['--sped', '60'], 'Did you mean --speed?'],
  [['--no-sample', '--events', 'x.jsonl'], 'cannot be used with'],
  [['--environment', 'Test'], 'Write the name of an environment'],
])('start %j is explained', async (words, message) => {
  const { code, err } = await wend(writeShop(), 'start', ...words);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-start-'));

it.each([
  ['nowhere.jsonl', undefined, 2, 'nowhere.jsonl does not exist'],
  ['.', undefined, 2, 'is a folder; name a file with one JSON object a line'],
  ['empty.jsonl', '', 1, 'empty.jsonl is empty; name a file with one event a line, as JSON'],
  ['cut.jsonl.gz', Buffer.from([0x1f, 0x8b, 8, 0]), 1, 'is a damaged or cut off gzip file'],
  ['packed.jsonl', 'PK\u0003\u0004', 1, 'is a zip archive; unpack it first'],
])('a start with the events of %s ends in one sentence', async (name, content, expected, message) => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  const { code, err } = await wend(writeShop(), 'start', '--events', path);
  expect(code).toBe(expected);
  expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
});

it('a start at ports of which somebody has one says which, and proposes others', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const page = await wend(writeShop(), 'start', '--no-sample', '--port', String(port));
  const services = await wend(writeShop(), 'start', '--no-sample', '--port', String(port - 1));
  server.close();
  expect([page.code, services.code]).toEqual([2, 2]);
  expect(page.err).toMatch(new RegExp(`the port ${port} is taken\n.*--port (?!${port}\\b)\\d+ takes`));
  expect(services.err).toContain(
    `the port ${port} is taken, which the services have where the page is at ${port - 1}`,
  );
});
