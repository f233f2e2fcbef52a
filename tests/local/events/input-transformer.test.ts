// What a template makes of an event.
import { describe, expect, it } from 'vitest';
import { parseInputTransformer } from '#lib/local/events/input-transformer.ts';

const matched = {
  event: {
    version: '0' as const,
    id: '1',
    'detail-type': 'order',
    source: 'shop.web',
    account: '123456789012',
    time: '2026-11-22T08:00:00Z',
    region: 'eu-west-1',
    resources: ['arn:1', 'arn:2'],
    detail: { name: 'Ada "L"', total: 12.5, paid: true, items: [{ sku: 'a' }, { sku: 'b' }], none: null },
  },
  rule: { arn: 'arn:rule', name: 'listen' },
  ingestionTime: '2026-11-22T08:00:00.250Z',
};

const paths = {
  name: '$.detail.name',
  total: '$.detail.total',
  items: '$.detail.items',
  second: '$.detail.items[1].sku',
  skus: '$.detail.items[*].sku',
  type: '$.detail-type',
  none: '$.detail.none',
  missing: '$.detail.address.city',
};

const filled = (template: string): string =>
  parseInputTransformer({ InputPathsMap: paths, InputTemplate: template })(matched);

describe('a template', () => {
  it.each([
    [
      'puts values in as JSON',
      '{"n":<name>,"t":<total>,"s":<second>,"x":<none>}',
      { n: 'Ada "L"', t: 12.5, s: 'b', x: null },
    ],
    [
      'puts objects and lists in whole',
      '{"i":<items>,"s":<skus>}',
      { i: [{ sku: 'a' }, { sku: 'b' }], s: ['a', 'b'] },
    ],
    [
      'puts values into texts, without their quotes',
      '{"text":"<name> paid <total> for \\"<type>\\""}',
      { text: 'Ada "L" paid 12.5 for "order"' },
    ],
    ['keeps a text a text, whatever is put in', '"of <items>"', 'of [{"sku":"a"},{"sku":"b"}]'],
    [
      'puts in an empty text for what is not there',
      '{"m":<missing>,"t":"in <missing>"}',
      { m: '', t: 'in ' },
    ],
    [
      'knows the rule and the time',
      '{"a":<aws.events.rule-arn>,"n":"<aws.events.rule-name>","t":<aws.events.event.ingestion-time>}',
      { a: 'arn:rule', n: 'listen', t: '2026-11-22T08:00:00.250Z' },
    ],
    ['knows the event', '<aws.events.event.json>', matched.event],
    ['leaves alone what is no placeholder', '{"t":"1 < 2 > 0, <b c>"}', { t: '1 < 2 > 0, <b c>' }],
  ])('%s', (_, template, expected) => {
    expect(JSON.parse(filled(template))).toEqual(expected);
  });

  it('knows the event without its detail', () => {
    const { detail: _, ...rest } = matched.event;
    expect(JSON.parse(filled('{"e":<aws.events.event>}'))).toEqual({ e: rest });
  });

  it('may have several lines, each of which is JSON', () => {
    expect(filled('"<name>"\n"<type>"')).toBe('"Ada \\"L\\""\n"order"');
  });

  it.each([
    ['a text without quotes', '<name> is here', 'InputTemplate: is not JSON'],
    ['a placeholder without a path', '{"a":<other>}', '<other> is not in InputPathsMap'],
    ['half an object', '{"a":<name>', 'InputTemplate: is not JSON'],
  ])('is refused with %s', (_, template, reason) => {
    expect(() => filled(template)).toThrow(reason);
  });

  it.each(['detail', '$.detail..name', "$['detail']", '$.items[-1]', '$.items[?(@.a)]'])(
    'is refused with the path %s',
    (path) => {
      expect(() => parseInputTransformer({ InputPathsMap: { a: path }, InputTemplate: '<a>' })).toThrow(
        'is not a JSON path',
      );
    },
  );
});
