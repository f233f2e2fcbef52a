// Lists of segments as people export them.
import { describe, expect, it } from 'vitest';
import { readList } from '#lib/compiler/segment-list.ts';

const read = (text: string) => readList({ path: 'segments/vip.csv', text });

describe('a list', () => {
  it.each([
    ['a heading', 'customer\nada\ngrace\n'],
    ['no heading', 'ada\ngrace'],
    ['several columns', 'name,Customer ID,city\nAda,ada,London\nGrace,grace,New York\n'],
    ['semicolons', 'user_id;name\nada;Ada\ngrace;Grace\n'],
    ['tabs', 'name\tid\nAda\tada\nGrace\tgrace\n'],
    ['quotation marks', '"customer","name"\n"ada","Lovelace, Ada"\n"grace","Hopper ""Amazing"""\n'],
    ['a byte order mark, CRLF and spaces', '\uFEFFcustomer\r\n ada \r\n\r\ngrace\r\n'],
    ['somebody twice', 'customer\nada\ngrace\nada\n'],
  ])('with %s', (_, text) => {
    expect(read(text)).toEqual({ members: ['ada', 'grace'], diagnostics: [] });
  });

  it('tells how many lines have no id, and where the first of them is', () => {
    const { members, diagnostics } = read(
      `customer,name\nada,Ada\n,Nobody\ngrace\n${'x'.repeat(201)},Long\n`,
    );
    expect(members).toEqual(['ada', 'grace']);
    expect(diagnostics).toMatchObject([{ code: 'list-rows-skipped', severity: 'warning', line: 3 }]);
    expect(diagnostics[0]?.message).toMatch(/^2 lines/);
  });

  it.each([
    ['', 'empty'],
    ['\n \n', 'empty'],
    ['customer\n', 'no customer'],
    ['name,city\nAda,London\n', 'columns'],
    ['customer\n"ada\n', 'not a list in CSV'],
  ])('that cannot be used is told: %j', (text, words) => {
    const { members, diagnostics } = read(text);
    expect(members).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'list-unreadable' }]);
    expect(diagnostics[0]?.message).toContain(words);
  });
});
