// What a customer is called, or has ordered, stays text inside an address: it names no scheme, no host and no parameter of its own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillText } from '#lib/messages/fill-text.ts';
import { guardAppLink, guardHtml, guardLinkEnd, guardText } from '#lib/messages/link-contexts.ts';

function html(text: string, x: unknown, entry: Record<string, unknown> = {}): string {
  return fillText(guardHtml(text), 'en', 'html')({ profile: { x }, entry });
}

/** As a browser reads the attribute. */
function hrefIn(filled: string): string {
  const [, double, single, bare] = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))/.exec(filled) ?? [];
  return (double ?? single ?? bare ?? '')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const HOSTILE = fc
  .array(
    fc.constantFrom(
      'javascript:',
      'JaVaScRiPt:',
      'data:text/html,',
      'java\tscript:',
      '//evil.example',
      '.evil.example',
      '@evil.example',
      '\\\\evil.example',
      '/../',
      '..',
      '%2e%2e/',
      '?admin=1',
      '&admin=1',
      '#',
      '"',
      "'",
      '>',
      '<script>',
      ' onclick=x ',
      '\r\n',
      '\0',
      '%',
      '%0a',
      'ä',
      '\ud800',
      '{{ profile }}',
      'lamp',
      '7',
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('a value that is the whole address', () => {
  it.each([
    ['https://shop.example/p?a=1&b=2', 'https://shop.example/p?a=1&b=2'],
    ['mailto:ana@example.com', 'mailto:ana@example.com'],
    ['javascript:alert(1)', '#'],
    [' java\nscript:alert(1)', '#'],
    ['data:text/html,<script>', '#'],
    ['/p/1', '#'],
    ['', '#'],
    [null, '#'],
  ])('%j leads to %s', (value, expected) => {
    for (const text of [
      '<a href="{{ profile.x }}">',
      "<a href='{{ profile.x }}'>",
      '<a href={{ profile.x }}>',
    ])
      expect(hrefIn(html(text, value))).toBe(expected);
  });

  it('whatever it holds, nothing but what mail programs follow comes of it', () => {
    fc.assert(
      fc.property(HOSTILE, (value) => {
        expect(hrefIn(html('<a href="{{ profile.x }}">', value))).toMatch(
          /^(?:#|(?:https?:\/\/|mailto:|tel:|sms:)[^\s"'<>]*)$/i,
        );
      }),
    );
  });

  it('also in every arm of a condition, and where it is marked as HTML', () => {
    const arms = '<a href="{% if profile.y %}{{ profile.y }}{% else %}{{ profile.x }}{% endif %}">';
    expect(hrefIn(html(arms, 'javascript:alert(1)'))).toBe('#');
    expect(hrefIn(html(arms, 'https://shop.example/?a=1'))).toBe('https://shop.example/?a=1');
    expect(hrefIn(html('<a href="{{ profile.x | raw }}">', 'javascript:alert(1)'))).toBe('#');
  });
});

describe('a value within an address', () => {
  it.each([
    ['https://shop.example/p/', 'lamp 7', 'https://shop.example/p/lamp%207'],
    ['https://shop.example/p/', 'lamps/7', 'https://shop.example/p/lamps/7'],
    ['https://shop.example/p/', '../../logout', 'https://shop.example/p/logout'],
    ['https://shop.example/p/', '7?admin=1', 'https://shop.example/p/7%3Fadmin%3D1'],
    ['https://shop.example/?q=', 'a&admin=1#x', 'https://shop.example/?q=a%26admin%3D1%23x'],
    ['https://shop.example/?q=', 'a%20b+c', 'https://shop.example/?q=a%20b+c'],
    ['https://shop.example', '.evil.example', 'https://shop.example/.evil.example'],
    ['https://shop.example', '@evil.example', 'https://shop.example/%40evil.example'],
    ['https://shop.example', '/p/7', 'https://shop.example/p/7'],
    ['mailto:', 'ana@example.com?bcc=eve', 'mailto:ana@example.com%3Fbcc%3Deve'],
    ['tel:', '+4915112345678', 'tel:+4915112345678'],
  ])('%s and %j is %s', (prefix, value, expected) => {
    expect(hrefIn(html(`<a href="${prefix}{{ profile.x }}">`, value))).toBe(expected);
  });

  it('that the author has escaped is not escaped twice', () => {
    const text = '<a href="https://shop.example/?q={{ profile.x | url_encode }}">';
    expect(new URL(hrefIn(html(text, 'a b&c'))).searchParams.get('q')).toBe('a b&c');
  });

  it.each(['https://shop.example/p/', 'https://shop.example/p?q=', 'https://shop.example'])(
    'behind %s: host, path of the author and parameters are those that he has written',
    (prefix) => {
      fc.assert(
        fc.property(HOSTILE, (value) => {
          const filled = html(`<a href="${prefix}{{ profile.x }}" title="t">`, value);
          expect(filled).toMatch(/^<a href="[^"<>]*" title="t">$/);
          const { protocol, host, username, pathname, search, hash } = new URL(hrefIn(filled));
          expect({ protocol, host, username, hash }).toEqual({
            protocol: 'https:',
            host: 'shop.example',
            username: '',
            hash: '',
          });
          expect(pathname.startsWith(new URL(prefix).pathname)).toBe(true);
          expect([...new URLSearchParams(search).keys()]).toEqual(prefix.includes('?') ? ['q'] : []);
        }),
      );
    },
  );
});

it('outside of addresses nothing is changed', () => {
  expect(html('<p title="{{ profile.x }}">{{ profile.x }}</p>', 'a/b?c&d')).toBe(
    '<p title="a/b?c&amp;d">a/b?c&amp;d</p>',
  );
});

it('in plain text a value goes on with the address before it, and begins no other', () => {
  const fill = fillText(
    guardText('Hi {{ profile.x }}: https://shop.example/c/{{ profile.x }}.'),
    'en',
    'none',
  );
  expect(fill({ profile: { x: 'a https://evil.example' } })).toBe(
    'Hi a https://evil.example: https://shop.example/c/a%20https%3A//evil.example.',
  );
});

it.each([
  ['{{ profile.x }}', 'shop://cart/7', 'shop://cart/7'],
  ['{{ profile.x }}', 'javascript:alert(1)', '#'],
  ['{{ profile.x }}', 'intent://scan/#Intent;end', '#'],
  ['shop://cart/{{ profile.x }}', '7/../../pay?to=eve', 'shop://cart/7/pay%3Fto%3Deve'],
])('an app gets %s with %j as %s', (text, x, expected) => {
  expect(fillText(guardAppLink(text), 'en', 'none')({ profile: { x } })).toBe(expected);
});

it('the changing end of the address behind a button of WhatsApp adds nothing to it', () => {
  expect(fillText(guardLinkEnd('{{ profile.x }}'), 'en', 'none')({ profile: { x: '../x?y=z' } })).toBe(
    'x%3Fy%3Dz',
  );
});

it.each([
  '<img srcset="https://shop.example/a.png 1x, {{ profile.x }} 2x">',
  '<td style="background: url({{ profile.x }})">',
  '<object data="{{ profile.x }}">',
  '<a ping="{{ profile.x }}" href="https://shop.example">',
  '<meta http-equiv="refresh" content="0; url={{ profile.x }}">',
  '<a href="{{ profile.x | default: "}}" }}">',
])('wherever HTML takes an address, a value brings no scheme: %s', (text) => {
  expect(html(text, 'javascript:alert(1)')).not.toContain('javascript:');
});

it.each(['echo profile.x', 'liquid echo profile.x', 'cycle profile.x, "b"'])(
  'nothing prints but an output, where it is seen what it is a part of: %s',
  (tag) => {
    expect(() => html(`<a href="{% ${tag} %}">`, 'javascript:alert(1)')).toThrow(/not found/);
  },
);

it('in plain text, what begins with www is an address too', () => {
  const fill = fillText(
    guardText('Look at www.shop.example{{ profile.x }} and www.shop.example/{{ profile.x }}'),
    'en',
    'none',
  );
  expect(fill({ profile: { x: '.evil.example?a=1' } })).toBe(
    'Look at www.shop.example/.evil.example%3Fa%3D1 and www.shop.example/.evil.example%3Fa%3D1',
  );
});
