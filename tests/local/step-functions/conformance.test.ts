// Histories recorded from AWS, through the API and the real client. A file of the same form may be given in ASL_HISTORIES.
import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compared,
  type ComparedEvent,
  isThere,
  recordedHistories,
  recordingsFile,
} from '../asl/recorded-histories.ts';
import { type Bench, openBench, roleArn } from './step-functions-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** All pages, in pages of ten so that there are some. */
async function historyOf({ client }: Bench, executionArn: string | undefined): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 10, nextToken }),
    );
    events.push(...(page.events ?? []));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return events;
}

/** Of the many members for details, an event has the one that goes with its type. */
function detailsOf(event: HistoryEvent): ComparedEvent {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1];
  return { type: event.type ?? '', details: details as Readonly<Record<string, unknown>> | undefined };
}

describe(`histories recorded from AWS, over HTTP (${recordingsFile})`, () => {
  const cases = recordedHistories();

  it.skipIf(!isThere)('are there to compare with', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases.map((recording, index) => ({ ...recording, index })))(
    '$name',
    async ({ definition, input, history, index }) => {
      const { client, clock } = bench;
      const { stateMachineArn } = await client.send(
        new CreateStateMachineCommand({
          name: `recorded-${index}`,
          definition: JSON.stringify(definition),
          roleArn,
        }),
      );
      const { executionArn } = await client.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
      );
      await clock.runAll();
      const events = (await historyOf(bench, executionArn)).map(detailsOf);
      const { actual, recorded } = compared(events, history);
      expect(actual).toEqual(recorded);
    },
  );
});
