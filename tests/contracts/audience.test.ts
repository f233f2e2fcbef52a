import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceExecutionName, audienceInputSchema, type AudienceInput } from '#lib/contracts/audience.ts';
import { fromMillis } from '#lib/contracts/time.ts';

const inputs: fc.Arbitrary<AudienceInput> = fc.oneof(
  fc.record({
    kind: fc.constant('schedule' as const),
    at: fc.integer({ min: 0, max: 4e12 }).map(fromMillis),
    journeys: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('event' as const), id: fc.string({ minLength: 1, maxLength: 300 }) }),
  fc.record({
    kind: fc.constant('catch up' as const),
    mark: fc.string({ minLength: 1, maxLength: 300 }),
    deployed: fc.string(),
  }),
);

describe('the name of what every customer is asked', () => {
  it('is one that Step Functions takes, whatever the ids are', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(audienceExecutionName(input)).toMatch(/^[A-Za-z0-9-]{1,80}$/);
      }),
    );
  });

  it('is the same for the same, also after it has travelled, and another for anything else', () => {
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        const travelled = audienceInputSchema.parse(JSON.parse(JSON.stringify(one)));
        expect(audienceExecutionName(travelled)).toBe(audienceExecutionName(one));
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(audienceExecutionName(one) === audienceExecutionName(other)).toBe(isSame);
      }),
    );
  });

  it('shows the instant of a schedule to whoever reads the list of executions', () => {
    const at = fromMillis(Date.UTC(2026, 10, 30, 9));
    expect(audienceExecutionName({ kind: 'schedule', at, journeys: ['sale'] })).toMatch(
      /^schedule-20261130T090000000Z-/,
    );
  });
});
