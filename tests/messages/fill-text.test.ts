// The short way of filling in a text must print exactly what the engine prints, whatever the text and the values are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillText } from '#lib/messages/fill-text.ts';
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
];
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('', '<&>"\'', 'ä', ' '),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 2 }),
);
const profile = fc.record({
  name: value,
  deep: fc.record({ name: value }),
  list: fc.array(fc.string(), { maxLength: 3 }),
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
      { numRuns: 1000 },
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
});
