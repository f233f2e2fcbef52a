// The adapters over DynamoDB keep what the ports promise, over a real client and a table on this machine.
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createSendOutcomes } from '#lib/adapters/aws/dynamodb/send-outcomes.ts';
import { createSlots } from '#lib/adapters/aws/dynamodb/slots.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import type { Slots } from '#lib/engine/ports.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { consentLedgerLaws } from '../../../laws/ports/consent-ledger.ts';
import { documentLaws } from '../../../laws/ports/documents.ts';
import { sendOutcomeLaws } from '../../../laws/ports/send-outcomes.ts';
import { learnedRateLaws, slotLaws } from '../../../laws/ports/slots.ts';
import { switchLaws } from '../../../laws/ports/switches.ts';
import { timelineLaws } from '../../../laws/ports/timeline.ts';

/** Each case goes over the network of this machine. */
const RUNS = 15;

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

describe('documents in DynamoDB', () => {
  let texts = 0;
  const store = () =>
    createDocumentStore(local, {
      uniqueText: () => String((texts += 1)),
      random: () => 0.5,
      pause: () => Promise.resolve(),
    });
  documentLaws(() => [store(), store(), store()], RUNS);
});

describe('slots in DynamoDB', () => {
  let cases = 0;
  slotLaws((count) => {
    // A channel of its own for each case: nothing is taken yet.
    cases += 1;
    const channel = `c${cases}`;
    let draws = 0;
    const renamed = (slots: Slots): Slots => ({
      ...slots,
      take: (counters, ...when) =>
        slots.take(
          counters.map((one) => ({ ...one, counter: one.counter.replace('email', channel) })),
          ...when,
        ),
    });
    const container = () => renamed(createSlots(local, () => ((draws += 7) % 10) / 10));
    return [container(), ...Array.from({ length: count - 1 }, container)];
  }, RUNS);
});

function createContainer(): Slots {
  return createSlots(local, () => 0);
}

describe('outcomes of messages in DynamoDB', () => {
  let journeys = 0;
  sendOutcomeLaws(() => ({ outcomes: createSendOutcomes(local), journey: `journey-${(journeys += 1)}` }));
});

describe('what was learned of rates, in DynamoDB', () => {
  afterEach(async () => {
    const key = { pk: { S: KEYS.deployment }, sk: { S: 'RATES' } };
    await local.client.send(new DeleteItemCommand({ TableName: local.name, Key: key }));
  });
  learnedRateLaws((count) => [createContainer(), ...Array.from({ length: count - 1 }, createContainer)]);
});

describe('switches in DynamoDB', () => {
  const tables: LocalTable[] = [];
  afterAll(() => Promise.all(tables.map((table) => table.close())));
  switchLaws(async () => {
    let now = 0;
    const table = await localTable();
    tables.push(table);
    const later = () => {
      now += 10_000;
    };
    return { switches: createSwitches(table, () => now), later };
  });
});

describe('the timeline in DynamoDB', () => {
  timelineLaws(() => {
    const timeline = createTimeline(local, 400);
    const read = async (customer: string) => {
      const { revisions } = await timeline.page(customer, 100);
      return revisions.toReversed().flatMap(({ log }) => log);
    };
    return { timeline, read };
  });
});

describe('the consent ledger in DynamoDB', () => {
  consentLedgerLaws(() => createConsentLedger(local));
});
