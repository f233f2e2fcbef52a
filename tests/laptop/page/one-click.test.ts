// The button that a mail program shows beside an e-mail: where it posts, what it sends, and that it leaves the laptop alone.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneClickAddress, unsubscribeByOneClick } from '#lib/laptop/page/one-click.ts';
import { linksOf } from '#lib/laptop/page/message-links.ts';

const POST = { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' };
const LOCAL = 'http://127.0.0.1:4566/function-url/answer/unsubscribe/t0k3n';
const headers = (value: string, ...others: readonly (typeof POST)[]) => ({
  headers: [{ name: 'List-Unsubscribe', value }, ...others],
});

describe('the address of one click', () => {
  it('is that of the header, where one POST is enough', () => {
    expect(oneClickAddress(headers(`<mailto:stop@shop.example>, <${LOCAL}>`, POST))).toBe(LOCAL);
  });

  it('is none where the e-mail does not say so, or where it would leave this machine', () => {
    expect(oneClickAddress({})).toBeUndefined();
    expect(oneClickAddress(headers(`<${LOCAL}>`))).toBeUndefined();
    expect(oneClickAddress(headers('<https://shop.example/unsubscribe>', POST))).toBeUndefined();
    expect(oneClickAddress(headers('<http://127.0.0.1.shop.example/>', POST))).toBeUndefined();
  });
});

describe('links of a message', () => {
  it('are told apart by whether a page of this machine is behind them', () => {
    const html = `<a href="${LOCAL}">Unsubscribe</a> <a href="https://shop.example/">Shop</a>`;
    expect(linksOf({ html }).map(({ text, isPage }) => [text, isPage])).toEqual([
      ['Unsubscribe', true],
      ['Shop', false],
    ]);
  });
});

describe('one click', () => {
  const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => void (body += part.toString()));
      request.on('end', () => {
        asked.push({ request, body });
        if (request.url === '/elsewhere') response.writeHead(302, { location: '/other' });
        response.end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  it('posts what RFC 8058 says, once, and follows nowhere', async () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await unsubscribeByOneClick(`${address}/unsubscribe/t0k3n`)).toBe(200);
    expect(await unsubscribeByOneClick(`${address}/elsewhere`)).toBe(302);
    expect(asked.map(({ request, body }) => [request.method, request.url, body])).toEqual([
      ['POST', '/unsubscribe/t0k3n', 'List-Unsubscribe=One-Click'],
      ['POST', '/elsewhere', 'List-Unsubscribe=One-Click'],
    ]);
    expect(asked[0]?.request.headers).toMatchObject({
      'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
    });
    expect(asked[0]?.request.headers.cookie).toBeUndefined();
  });
});
