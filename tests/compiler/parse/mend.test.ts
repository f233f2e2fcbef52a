// What is wrong in one place must not hide what is wrong in another, and places must stay right.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { mend } from '#lib/compiler/parse/mend.ts';

const schema = z.strictObject({
  name: z.string(),
  list: z.array(z.strictObject({ id: z.string(), size: z.number().optional() })).min(1),
});

describe('mend', () => {
  test('an unknown or wrong field is left out where it may be missing', () => {
    const value = { name: 'a', extra: 1, list: [{ id: 'x', size: 'big' }] };
    expect(mend(schema, value, {})?.value).toEqual({ name: 'a', list: [{ id: 'x' }] });
  });

  test('an entry without something it needs is left out, and the others keep their places', () => {
    const mended = mend(schema, { name: 'a', list: [{ id: 1 }, { id: 'y' }, { size: 2 }, { id: 'z' }] }, {});
    expect(mended?.value).toEqual({ name: 'a', list: [{ id: 'y' }, { id: 'z' }] });
    expect(mended?.original(['list', 0, 'id'])).toEqual(['list', 1, 'id']);
    expect(mended?.original(['list', 1])).toEqual(['list', 3]);
  });

  test('a fallback stands in for what is needed at the top', () => {
    expect(mend(schema, { list: [{ id: 'x' }] }, { name: 'file' })?.value.name).toBe('file');
    expect(mend(schema, { name: 5, list: [{ id: 'x' }] }, { name: 'file' })?.value.name).toBe('file');
  });

  test('where nothing of use is left, there is no value', () => {
    expect(mend(schema, { name: 'a', list: [{ id: 1 }] }, {})).toBeUndefined();
    expect(mend(schema, { name: 'a' }, {})).toBeUndefined();
  });
});
