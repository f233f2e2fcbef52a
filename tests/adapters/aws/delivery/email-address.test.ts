import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiAddress, asciiSender } from '#lib/adapters/aws/delivery/email-address.ts';

/** What a reader of mail makes of the name: quotes and encoded words taken away (RFC 2047: blanks between words go as well). */
function shown(sender: string): string {
  const name = /^(.*) <[^<>]+>$/.exec(sender)?.[1] ?? '';
  if (name.startsWith('"')) return name.slice(1, -1).replace(/\\(.)/g, '$1');
  return name
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, base64: string) => Buffer.from(base64, 'base64').toString());
}

describe('the sender of an e-mail', () => {
  it.each([
    ['Shop <hello@shop.example>', 'Shop <hello@shop.example>'],
    ['hello@shop.example', 'hello@shop.example'],
    [' <hello@shop.example> ', 'hello@shop.example'],
    ['"Shop, Inc." <hello@shop.example>', '"Shop, Inc." <hello@shop.example>'],
    ['Shop, Inc. <hello@shop.example>', '"Shop, Inc." <hello@shop.example>'],
    ['Bücher <hallo@bücher.example>', '=?UTF-8?B?QsO8Y2hlcg==?= <hallo@xn--bcher-kva.example>'],
  ])('%s is given to SES as %s', (written, ascii) => {
    expect(asciiSender(written)).toBe(ascii);
  });

  it.each(['', 'Shop', 'a@b@c', 'Shop <hello@shop.example>\r\nBcc: eve@example.com', 'hé@shop.example'])(
    '%j is none',
    (written) => {
      expect(asciiSender(written)).toBeUndefined();
    },
  );

  it('any name is seven bits and reads as it was written, in words that mail servers take', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) => text.trim())
      .filter((text) => text !== '' && !/[<>\p{Cc}\u2028\u2029]|^"|=\?/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const sender = asciiSender(`${text} <hello@shop.example>`) ?? '';
        expect(sender).toMatch(/^[\x20-\x7e]+ <hello@shop\.example>$/);
        expect(shown(sender)).toBe(text);
        for (const [word] of sender.matchAll(/=\?[^ ]*\?=/g)) expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  it('an address keeps its mailbox as written', () => {
    expect(asciiAddress("Ana.O'Neil+news@Example.COM")).toBe("Ana.O'Neil+news@example.com");
  });
});
