import { describe, expect, it } from 'vitest';
import { createChaos, throttledRequests } from '#lib/local/seeded-chaos.ts';
import type { Mishap } from '#lib/local/chaos.ts';

const TURNS = 5000;

function happened(seed: number, mishap: Mishap): readonly boolean[] {
  const chaos = createChaos(seed);
  return Array.from({ length: TURNS }, () => chaos.happens(mishap));
}

describe('chaos', () => {
  it('is the same for a seed, and another for another', () => {
    expect(happened(7, 'message comes twice')).toEqual(happened(7, 'message comes twice'));
    expect(happened(7, 'message comes twice')).not.toEqual(happened(8, 'message comes twice'));
  });

  it('lets each mishap happen at its own turns, whatever else is asked', () => {
    const chaos = createChaos(7);
    const mixed = Array.from({ length: TURNS }, () => {
      chaos.happens('batch is split');
      chaos.millis(100);
      return chaos.happens('message comes twice');
    });
    expect(mixed).toEqual(happened(7, 'message comes twice'));
  });

  it.each<readonly [Mishap, number]>([
    ['message comes twice', 0.05],
    ['batch is split', 0.25],
    ['function dies after its work', 0.02],
  ])('"%s" happens about as often as it is said to', (mishap, rate) => {
    const count = happened(42, mishap).filter(Boolean).length;
    expect(count).toBeGreaterThan(TURNS * rate * 0.7);
    expect(count).toBeLessThan(TURNS * rate * 1.3);
  });

  it('delays by less than it is told', () => {
    const chaos = createChaos(1);
    const delays = Array.from({ length: 500 }, () => chaos.millis(10));
    expect(Math.max(...delays)).toBe(9);
    expect(Math.min(...delays)).toBe(0);
    expect(chaos.millis(0)).toBe(0);
  });

  it('refuses requests in the words of the service, and only those that have to do with data and starts', () => {
    const refusal = throttledRequests({ happens: () => true, millis: () => 0 });
    expect(refusal('dynamodb', 'TransactWriteItems')?.name).toBe('ProvisionedThroughputExceededException');
    expect(refusal('states', 'StartExecution')?.name).toBe('ThrottlingException');
    expect(refusal('dynamodb', 'DescribeTable')).toBe(undefined);
    expect(refusal('states', 'SendTaskSuccess')).toBe(undefined);
  });
});
