// The short way of filling in a text must print exactly what the engine prints, whatever the text and the values are.
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fillText } from '#lib/messages/fill-text.ts';
import { textsOf } from '#lib/journey/values.ts';
import { liquidFor } from '#lib/messages/liquid.ts';
import type { Escaping } from '#lib/messages/liquid.ts';

const pieces = [
  'text ',
  '<b> & "',
  ' \n ',
  '{{ profile.name }}',
  '{{- profile.name -}}',
  '{{profile.deep.name}}',
  '{{ profile.name | default: "you & I" }}',
  "{{ profile.none | default: '<you>' }}",
  '{{ profile.name | raw }}',
  '{{ profile.name | upcase }}',
  '{{ profile.name.size }}',
  '{{ profile.list }}',
  '{{ profile.list.first }}',
  '{% if profile.name %}yes{% else %}no{% endif %}',
  '{%- if profile.none -%} yes {%- endif -%}',
  '{% for one in profile.list %}{{ one }}{{ forloop.index }}{% endfor %}',
  '{% assign name = profile.name %}',
  '{{ name | default: "unset" }}',
  '{% raw %}{{ profile.name }}{% endraw %}',
  '{% comment %}{{ profile.oops }}{% endcomment %}',
  '{{ "{{ profile.name }}" }}',
  '{% if profile.name == 1 %}one{% elsif profile.name != "" %}other{{ profile.name }}{% else %}none{% endif %}',
  '{% if profile.name == profile.deep.name %}same{% endif %}',
  '{% if profile.name and profile.none %}both{% endif %}',
  '{% if profile.name > 1 %}more{% endif %}',
  '{% if profile.none.deeper %}{{ profile.none.deeper }}{% else %}{{ profile.name.deeper }}{% endif %}',
  '{% if profile.name | default: false %}filtered{% endif %}',
  '{% if profile.name == nil %}nil{% elsif profile.name == empty %}empty{% elsif true %}true{% endif %}',
  '{% unless profile.name %}unless{% endunless %}',
  '{{ profile.name | default: "K" | slice: 0 | upcase }}',
  '{{ profile.name | slice: 1, 2 }}',
  "{{ profile.none | default: '' | url_encode }}",
  '{{ profile.name | url_encode | raw }}',
  '{{ profile.name | default: profile.deep.name | truncate: 3, "..." }}',
  '{{ profile.name | default: "x", allow_false: true }}',
  '{{ profile.name | money: "EUR" }}',
  '{{ profile.name | times: 2 | money: currency }}',
  '{{ profile["name"] }}{{ true }}{{ 1.50 }}',
  '{% assign currency = profile.none | default: "EUR" %}',
  '{% assign one = profile.list %}{{ one }}',
  '{% assign size = profile.none %}{{ profile.deep }}',
  '{%- for one in profile.list %}{% assign kept = one | default: 1 %}{{ one }}: {{ kept }}{% else %}none{% endfor %}',
  '{% for one in profile.list %}{% for one in profile.list %}{{ one }}{% endfor %}{{ one }}{% endfor %}{{ one }}',
  '{% for one in profile.name %}{{ one }}{% endfor %}{{ kept }}',
  '{% for one in profile.list limit: 1 %}{{ one }}{% endfor %}',
  '{% for one in profile.list offset: continue %}{{ one }}{% endfor %}',
  '{% for item in profile.items %}{{ item.name | default: "Item" }}{% if item.price %}{{ item.price | money: "EUR" }}{% endif %}{% endfor %}',
  '{% for one in profile.list %}{% if one %}{% break %}{% endif %}{% endfor %}',
  '{% break %}',
];
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('', '<&>"\'', 'ä', ' '),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.constant(undefined),
  fc.record({ deeper: fc.oneof(fc.string(), fc.constant(null)) }),
);
const profile = fc.record({
  name: value,
  deep: fc.record({ name: value }),
  list: fc.array(fc.oneof(fc.string(), fc.constant(null)), { maxLength: 3 }),
  items: fc.array(fc.record({ name: value, price: value }, { requiredKeys: [] }), { maxLength: 2 }),
});

/** What was printed, or why nothing was. */
function outcome(print: () => unknown): unknown {
  try {
    return print();
  } catch (error) {
    return error instanceof Error ? error.message.split(', line')[0] : error;
  }
}

describe('filling in', () => {
  it.each<Escaping>(['html', 'none'])('prints what the engine prints (escaping: %s)', (escaping) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), profile, (chosen, who) => {
        const text = chosen.join('');
        const ours = outcome(() => fillText(text, 'en', escaping)({ profile: who }));
        expect(ours).toBe(
          outcome(() => liquidFor('en', escaping).parseAndRenderSync(text, { profile: who })),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('fails as the engine fails where a variable is missing or stands only on the prototype', () => {
    expect(() => fillText('a {{ profile.name }}', 'en', 'none')({ profile: {} })).toThrow(
      'undefined variable: profile.name',
    );
    expect(() => fillText('{{ profile.toString }}', 'en', 'none')({ profile: {} })).toThrow(
      'undefined variable',
    );
    expect(() => fillText('{{ constructor }}', 'en', 'none')({})).toThrow('undefined variable');
  });

  it.each([
    '{{ profile.firstName | default: "there" }}',
    '{% if profile.firstName %}Dear {{ profile.firstName }}{% else %}Hello{% endif %}',
    '{% if entry.price %}{{ entry.price | money: "EUR" }}{% endif %}{% if entry.items == 1 %}one{% endif %}',
    '{{ entry.name | default: "K" | slice: 0 | upcase }}{{ entry.id | default: \'\' | url_encode }}',
    '{% assign currency = "EUR" %}{% for item in entry.list %}{{ item.price | times: 2 | money: currency }}{% endfor %}',
  ])('does not need the engine for %s', (text) => {
    const fill = fillText(text, 'en', 'html');
    const asked = vi.spyOn(liquidFor('en', 'html'), 'renderSync');
    fill({ profile: { firstName: 'A & B' }, entry: { price: 5, items: 1, list: [{ price: 1 }] } });
    fill({ profile: {}, entry: { name: 'Lamp', list: [] } });
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});

const files = globSync('state-machines/messages/*.json');
const texts = files.flatMap((file) =>
  textsOf(JSON.parse(readFileSync(file, 'utf8')) as unknown)
    .filter(({ text }) => /\{[{%]/.test(text))
    .map(({ path, text }): [string, Escaping] => [text, path.at(-1) === 'html' ? 'html' : 'none']),
);

describe.skipIf(files.length === 0)('the committed messages', () => {
  const names = ['firstName', 'name', 'title', 'category', 'product_id', 'price', 'total', 'items', 'days'];
  const fields = fc.record(
    Object.fromEntries(
      [...names, 'currency', 'order_id', 'cart_id', 'quantity'].map((name) => [name, value]),
    ),
    { requiredKeys: [] },
  );
  const scope = fc.record({
    profile: fields,
    entry: fc
      .tuple(fields, fc.oneof(fc.array(fields, { maxLength: 3 }), value))
      .map(([entry, products]) => ({ order_id: 'o 1', cart_id: 'c&1', product_id: 1, ...entry, products })),
    journey: fc.constant({ id: 'j', step: 's' }),
    brand: fc.constant({ name: 'K', address: '1 <Lane>' }),
    unsubscribe_url: fc.constant('https://u?a&b'),
    preferences_url: fc.constant('https://p'),
    why_url: fc.constant('https://w'),
  });

  it('are printed as the engine prints them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), scope, ([text, escaping], given) => {
        const engine = liquidFor('de', escaping);
        expect(outcome(() => fillText(text, 'de', escaping)(given))).toBe(
          outcome(() => engine.parseAndRenderSync(text, given)),
        );
      }),
      { numRuns: 1500 },
    );
  });
});
