// How much of what is over is known.
import { GetExecutionHistoryCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bench, openBench, roleArn, start } from './step-functions-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

it('histories are bounded by what they take, and the newest is there however large it is', async () => {
  const arn = bench.machines.add({
    name: 'm',
    roleArn,
    definition: JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Pass',
      States: { Pass: { Type: 'Pass', End: true } },
    }),
  });
  // Its input is in four of its events: 0.8 MB for each of sixty, which are 48 MB.
  for (let one = 0; one < 60; one += 1) {
    const input = JSON.stringify({ one, text: 'x'.repeat(200_000) });
    await bench.machines.targets.deliver(arn, input);
    await bench.clock.runUntil(start + one);
  }
  const { executions = [] } = await bench.client.send(new ListExecutionsCommand({ stateMachineArn: arn }));
  expect(executions).toHaveLength(60);
  const isKept = await Promise.all(
    executions.map(({ executionArn }) =>
      bench.client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1 })).then(
        () => true,
        () => false,
      ),
    ),
  );
  expect(isKept[0]).toBe(true);
  expect(isKept.at(-1)).toBe(false);
});
