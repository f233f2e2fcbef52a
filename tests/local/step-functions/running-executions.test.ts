// Who is where, for the page.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench, roleArn, start } from './step-functions-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const wait = (seconds: number, next: object) => ({ Type: 'Wait', Seconds: seconds, ...next });

const branch = (name: string, seconds: number) => ({
  StartAt: name,
  States: { [name]: wait(seconds, { End: true }) },
});

describe('running executions', () => {
  it('are counted by machine and state, and told with what they are about', async () => {
    const arn = bench.machines.add({
      name: 'm',
      roleArn,
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'One',
        States: { One: wait(10, { Next: 'Two' }), Two: wait(10, { End: true }) },
      }),
    });
    await bench.machines.targets.deliver(arn, '{"customer":"c"}');
    await bench.clock.runUntil(start + 5000);
    await bench.machines.targets.deliver(arn, '{}');
    await bench.clock.runUntil(start + 10_000);
    expect(bench.machines.running.counts()).toEqual(
      new Map([
        [
          'm',
          new Map([
            ['One', 1],
            ['Two', 1],
          ]),
        ],
      ]),
    );
    const [first] = bench.machines.running.all().values();
    expect(first).toMatchObject({
      machineName: 'm',
      input: { customer: 'c' },
      startDate: start,
      states: [{ name: 'Two', type: 'Wait', since: start + 10_000 }],
    });
    await bench.clock.runUntil(start + 60_000);
    expect(bench.machines.running.counts().size).toBe(0);
    expect(bench.machines.running.all().size).toBe(0);
  });

  it('are in several states at a time inside a Parallel', async () => {
    const arn = bench.machines.add({
      name: 'm',
      roleArn,
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Both',
        States: { Both: { Type: 'Parallel', Branches: [branch('Short', 1), branch('Long', 9)], End: true } },
      }),
    });
    await bench.machines.targets.deliver(arn, '{}');
    await bench.clock.runUntil(start);
    const names = () => [...(bench.machines.running.counts().get('m')?.keys() ?? [])];
    expect(names()).toEqual(['Both', 'Short', 'Long']);
    await bench.clock.runUntil(start + 1000);
    expect(names()).toEqual(['Both', 'Long']);
  });
});
