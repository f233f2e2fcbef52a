import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { VARIABLES } from '#lib/contracts/function-environment.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';

const schema = z.object({ TABLE_NAME: VARIABLES.TABLE_NAME, BUS_NAME: VARIABLES.BUS_NAME });

describe('the environment of a function', () => {
  it('is what the function asks for, and nothing else', () => {
    const read = readEnvironment(schema, { TABLE_NAME: 'profiles', BUS_NAME: 'bus', PATH: '/bin' });
    expect(read).toEqual({ TABLE_NAME: 'profiles', BUS_NAME: 'bus' });
  });

  it('names every variable that is missing or wrong', () => {
    expect(() => readEnvironment(schema, { BUS_NAME: '' })).toThrow(
      'environment variables of the function: TABLE_NAME is missing; BUS_NAME is not what it must be',
    );
  });
});
