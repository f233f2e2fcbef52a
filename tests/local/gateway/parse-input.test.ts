// What is wrong with a request, by the name that AWS gives it.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { parseInput } from '#lib/local/gateway/parse-input.ts';

const schema = z.strictObject({
  Name: z.string().min(2),
  Most: z.coerce.number().int().optional(),
  Ids: z.array(z.int()).default([]),
  Tags: z.record(z.string(), z.string()).default({}),
  Kind: z.union([z.literal('a'), z.literal('b')]).default('a'),
  Inner: z.strictObject({ On: z.boolean() }).optional(),
});
const refusals = { invalid: 'InvalidParameterValue', missing: 'MissingParameter' };

it.each([
  [{ Name: 7 }, 'SerializationException', 400, 'Name'],
  [{ Name: 'ok', Ids: 'x' }, 'SerializationException', 400, 'Ids'],
  [{ Name: 'ok', Ids: [1, '2'] }, 'SerializationException', 400, 'Ids.1'],
  [{ Name: 'ok', Tags: [] }, 'SerializationException', 400, 'Tags'],
  [{ Name: 'ok', Inner: { On: 'yes' } }, 'SerializationException', 400, 'Inner.On'],
  [[], 'SerializationException', 400, 'expected object'],
  [{ Name: 'ok', Colour: 'red', Inner: { On: true, Off: 1 } }, 'NotImplemented', 501, 'Inner.Off, Colour'],
  [{}, 'MissingParameter', 400, 'Name'],
  [{ Name: null }, 'MissingParameter', 400, 'Name'],
  [{ Name: 'ok', Inner: {} }, 'MissingParameter', 400, 'Inner.On'],
  [{ Name: 'ok', Kind: 'c' }, 'InvalidParameterValue', 400, 'Kind'],
  [{ Name: 'x' }, 'InvalidParameterValue', 400, 'Name'],
  [{ Name: 'ok', Most: 'many' }, 'InvalidParameterValue', 400, 'Most'],
  [{ Name: 'ok', Ids: [1.5] }, 'InvalidParameterValue', 400, 'Ids.0'],
])('%j is refused as %s', (input, name, status, message) => {
  expect(() => parseInput(schema, input, refusals)).toThrow(
    expect.objectContaining({ name, status, message: expect.stringContaining(message) }),
  );
});

it('what is missing has the name of what is invalid where a service has one name for both', () => {
  expect(() => parseInput(schema, {}, 'BadRequestException')).toThrow(
    expect.objectContaining({ name: 'BadRequestException' }),
  );
});
