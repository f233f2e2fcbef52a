// What relay and sweep ask of DynamoDB, counted, and what becomes of records that fail: over a table on this machine.
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue as LambdaValue, Context, DynamoDBRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentKey } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { createBelongings } from '#lib/adapters/aws/dynamodb/belongings.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { ATTRIBUTES, TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import { addMillis, fromMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Executions } from '#lib/engine/ports.ts';
import { awaitEvents } from '#lib/engine/use-cases/await-events.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { lookAtCustomer } from '#lib/engine/use-cases/look-at-customer.ts';
import { puttingOffStarts } from '#lib/engine/use-cases/put-off-starts.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { relayBatch } from '#lib/runtime/relay/relay-batch.ts';
import { localTable, type LocalTable } from '../../dynamodb-fixture.ts';
import { SETTINGS, awaiting, manifest, pause } from '../../laws/world/journeys.ts';
import { idOf } from '../../laws/world/world.ts';
import { writtenLines } from '../written-lines.ts';

const context = { functionName: 'relay-effects', awsRequestId: 'r' } as Context;
const START = fromMillis(Date.parse('2026-03-02T10:00:00.000Z'));
const journey = compileManifest(
  manifest(
    'journey',
    'Signed Up',
    { wait: awaiting('1 hour', [['Clicked', null]], null) },
    { exits: [{ event: 'Left', reason: 'left' }] },
  ),
);

let local: LocalTable;
/** `Put DOC`: each call of the table, by item, but for the switches that every ten seconds need. */
const calls: string[] = [];
const asked: string[] = [];
const state = { now: START };
const executions: Executions = {
  start: (name) => note(`start ${name.slice(-1)}`, 'started' as const),
  wake: (token) => note(`wake ${token}`, 'woken' as const),
  move: (token) => note(`move ${token}`, 'woken' as const),
  stop: () => note('stop', 'stopped' as const),
  describe: () => note('describe', 'running' as const),
};

function note<T>(what: string, answer: T): Promise<T> {
  asked.push(what);
  return Promise.resolve(answer);
}

function engineOf() {
  const table = { client: local.client, name: local.name };
  const clock = { now: (): Instant => state.now, monotonic: () => performance.now() };
  return {
    workspace: createWorkspace({
      manifests: [journey.manifest],
      newest: { journey: journey.version },
      settings: SETTINGS,
    }),
    ports: {
      ...createDecidingPorts(table),
      clock,
      executions,
      bus: { put: () => Promise.resolve() },
      timeline: createTimeline(table, TIMELINE_DAYS),
      ledger: createConsentLedger(table),
      belongings: createBelongings(table),
    },
  };
}
let engine: ReturnType<typeof engineOf>;

beforeAll(async () => {
  local = await localTable();
  local.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const { Key, Item } = args.input as Record<'Key' | 'Item', { sk?: { S?: string } } | undefined>;
        const sort = (Key ?? Item)?.sk?.S;
        if (sort !== undefined)
          calls.push(`${String(commandName).replace('ItemCommand', '')} ${sort.split('#')[0]}`);
        return next(args);
      },
    { step: 'initialize' },
  );
  engine = engineOf();
  await engine.ports.switches.current();
});
beforeEach(() => {
  state.now = START;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => local.close());

async function tell(external: string, event: string): Promise<void> {
  const at = state.now;
  const input = { kind: 'event', id: `${event} ${at}`, at, received: at, event, properties: {} } as const;
  await takeCalls(engine, idOf(external), [{ external, input }]);
}

async function documentOf(external: string): Promise<CustomerDocument> {
  const document = await loadDocument(engine.ports.store, idOf(external));
  if (document === undefined) throw new Error(`nobody knows ${external}`);
  return document;
}

async function phases(external: string): Promise<unknown> {
  return Object.values((await documentOf(external)).runs).map((run) => [run.journey, run.phase]);
}

let records = 0;

/** The record of the stream that tells of the document as it is stored now. */
async function record(external: string): Promise<DynamoDBRecord> {
  const Key = documentKey(idOf(external));
  const { Item: item = {} } = await local.client.send(new GetItemCommand({ TableName: local.name, Key }));
  const image = Object.entries(item).map(([name, value]): [string, LambdaValue] => [
    name,
    'B' in value ? { B: Buffer.from(value.B ?? '').toString('base64') } : (value as LambdaValue),
  ]);
  records += 1;
  return {
    eventID: `e${records}`,
    eventName: 'MODIFY',
    dynamodb: {
      Keys: Key as Record<string, LambdaValue>,
      NewImage: Object.fromEntries(image),
      SequenceNumber: String(1000 + records),
    },
  };
}

/** Relays the records; what that asks of the table and of Step Functions, and which records are reported. */
async function relayed(all: readonly DynamoDBRecord[], does = relay.bind(undefined, engine)) {
  const { surroundings } = writtenLines();
  calls.length = 0;
  asked.length = 0;
  const response = await relayBatch({ ...surroundings, relay: does }, { Records: [...all] }, context);
  const reported = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { calls: calls.toSorted(), asked: [...asked], reported };
}

async function register(external: string, token: string): Promise<void> {
  const [[run, { version, waiting }] = ['', { version: '', waiting: undefined }]] = Object.entries(
    (await documentOf(external)).runs,
  );
  await awaitEvents(engine, {
    run: { run, leg: 1, customer: idOf(external), journey: 'journey', version },
    attempt: 0,
    loop: { visit: 1, round: 0, jumps: {} },
    token,
    step: { id: 'wait', since: waiting?.since ?? START, until: waiting?.until ?? START },
  });
}

describe('what the relay asks of the table', () => {
  it('for a start, a wake and a stop: one read, one write that confirms it, and one of the timeline', async () => {
    await tell('ada', 'Signed Up');
    const confirmed = ['Get DOC', 'Put DOC', 'Put T'];
    expect(await relayed([await record('ada')])).toEqual({
      calls: confirmed,
      asked: ['start 1'],
      reported: [],
    });
    await register('ada', 't1');
    await tell('ada', 'Clicked');
    expect(await relayed([await record('ada')])).toEqual({
      calls: confirmed,
      asked: ['wake t1'],
      reported: [],
    });
    await tell('bob', 'Signed Up');
    await relayed([await record('bob')]);
    await tell('bob', 'Left');
    expect(await relayed([await record('bob')])).toEqual({ calls: confirmed, asked: ['stop'], reported: [] });
  });

  it('for a log alone the timeline, and for a document without anything nothing', async () => {
    await tell('cem', 'Signed Up');
    const started = await record('cem');
    await relayed([started]);
    const confirmation = await record('cem');
    expect(await relayed([confirmation])).toEqual({ calls: [], asked: [], reported: [] });
    // The first record comes again: its log is written where it was, and nothing is to be done any more.
    expect(await relayed([started])).toEqual({ calls: ['Get DOC', 'Put T'], asked: [], reported: [] });
  });

  it('for several images of one customer: every log is told, and the present is read and made true once', async () => {
    await tell('dan', 'Signed Up');
    const first = await record('dan');
    state.now = addMillis(state.now, 1000);
    await tell('dan', 'Left');
    expect(await relayed([first, await record('dan')])).toEqual({
      calls: ['Get DOC', 'Put DOC', 'Put T', 'Put T'],
      asked: ['stop'],
      reported: [],
    });
    const { revisions } = await createTimeline({ client: local.client, name: local.name }, 1).page(
      idOf('dan'),
      10,
    );
    expect(revisions.flatMap(({ log }) => log.map(({ kind }) => kind))).toEqual(['exits', 'enters']);
  });
});

async function relayButEva(...images: readonly CustomerDocument[]): Promise<void> {
  if (images[0]?.customer === idOf('eva')) throw new Fault('TableUnavailable', 'down');
  await relay(engine, ...images);
}

describe('records that fail', () => {
  it('keep nobody else from being relayed, and are reported from the first of the customer on', async () => {
    await tell('eva', 'Signed Up');
    await tell('fay', 'Signed Up');
    const [poisoned, good] = [await record('eva'), await record('fay')];
    const outcome = await relayed([poisoned, good, poisoned], relayButEva);
    expect(outcome.reported).toEqual([poisoned.dynamodb?.SequenceNumber]);
    expect(outcome.asked).toEqual(['start 1']);
  });

  it.each([
    ['holds nothing', {}],
    ['holds no document', { doc: { B: 'AAAA' } }],
    ['is of another customer', { [ATTRIBUTES.partition]: { S: `C#${idOf('nobody')}` } }],
  ])('whose image %s are counted and left, because the item itself is kept', async (_, wrong) => {
    await tell('gus', 'Signed Up');
    const good = await record('gus');
    const image = Object.keys(wrong).length === 0 ? {} : { ...good.dynamodb?.NewImage, ...wrong };
    const unreadable = { ...good, dynamodb: { ...good.dynamodb, NewImage: image } };
    const { lines, surroundings } = writtenLines();
    const does = relay.bind(undefined, engine);
    const response = await relayBatch({ ...surroundings, relay: does }, { Records: [unreadable] }, context);
    expect(response).toEqual({ batchItemFailures: [] });
    expect(lines.join('\n')).toContain('DocumentNotUnderstood');
    expect(lines.join('\n')).toContain(`"customer": "${idOf('gus')}"`);
    expect(lines.join('\n')).toContain('"RecordsFailed":1');
  });

  it('for a version that is not known here yet are left to the sweep: the shard goes on', async () => {
    await tell('hal', 'Signed Up');
    const behind = {
      ...engine,
      workspace: createWorkspace({ manifests: [], newest: {}, settings: SETTINGS }),
    };
    const outcome = await relayed([await record('hal')], relay.bind(undefined, behind));
    expect(outcome.reported).toEqual([]);
    // It has been started; only the confirmation is missing, and a look makes up for it.
    expect(outcome.asked).toEqual(['start 1']);
    state.now = addMillis(state.now, 10 * 60_000);
    await lookAtCustomer(engine, idOf('hal'));
    expect(Object.values((await documentOf('hal')).runs).map(({ phase }) => phase)).toEqual(['running']);
  });
});

/** The relay with a platform that answers starts so, and a queue that takes what is put off or does not. */
function relayOver(start: Executions['start'], putOff: () => Promise<void> = () => Promise.resolve()) {
  const platform = { ...executions, start };
  const ports = {
    ...engine.ports,
    executions: puttingOffStarts(platform, { putOff }, { monotonic: () => 0 }),
  };
  return relay.bind(undefined, { ...engine, ports });
}

function throttled(): Promise<never> {
  return Promise.reject(new Fault('StartThrottled', 'no room'));
}

function gone(): Promise<never> {
  return Promise.reject(new Fault('UnknownVersion', 'no state machine'));
}

describe('what is out of reach', () => {
  it('Step Functions has no room: the start is put off, nobody is reported, and who waits is woken', async () => {
    await tell('jon', 'Signed Up');
    await relayed([await record('jon')]);
    await register('jon', 't2');
    await tell('jon', 'Clicked');
    await tell('kim', 'Signed Up');
    const kept: string[] = [];
    const does = relayOver(throttled, () => Promise.resolve(void kept.push('kept')));
    const outcome = await relayed([await record('kim'), await record('jon')], does);
    expect(outcome).toMatchObject({ asked: ['wake t2'], reported: [] });
    expect(kept).toEqual(['kept']);
    expect(Object.values((await documentOf('kim')).runs).map(({ phase }) => phase)).toEqual(['starting']);
  });

  it('the queue of starts has not taken it: the record comes again', async () => {
    await tell('lea', 'Signed Up');
    const failing = await record('lea');
    const does = relayOver(throttled, () => Promise.reject(new Error('TimeoutError')));
    expect((await relayed([failing], does)).reported).toEqual([failing.dynamodb?.SequenceNumber]);
  });

  it('the state machine has been deleted: the shard goes on, and the document keeps saying that a start is missing', async () => {
    await tell('mia', 'Signed Up');
    expect((await relayed([await record('mia')], relayOver(gone))).reported).toEqual([]);
    const { runs, look } = await documentOf('mia');
    expect(Object.values(runs).map(({ phase }) => phase)).toEqual(['starting']);
    expect(look).toBe(addMillis(state.now, 10 * 60_000));
  });
});

describe('a run whose state machine has been deleted', () => {
  const other = compileManifest(manifest('other', 'Signed Up', { rest: pause('9 days', null) }));
  const nobody = { ...executions, describe: () => note('describe', 'unknown' as const) };

  /** In both journeys, of which the machine of one is gone; and with an event to be put on the bus. */
  async function inBoth(external: string, put: () => void) {
    const both = { manifests: [journey.manifest, other.manifest], settings: SETTINGS };
    const newest = { journey: journey.version, other: other.version };
    const platform: Executions = {
      ...nobody,
      start: (_, { journey: of }) =>
        of === 'journey'
          ? Promise.reject(new Fault('UnknownVersion', 'no state machine'))
          : note(`start ${of}`, 'started' as const),
    };
    const ports = { ...engine.ports, executions: platform, bus: { put: () => Promise.resolve(put()) } };
    const torn = { workspace: createWorkspace({ ...both, newest }), ports };
    const at = state.now;
    const input = { kind: 'event', id: 's', at, received: at, event: 'Signed Up', properties: {} } as const;
    await takeCalls(torn, idOf(external), [{ external, input }]);
    const document = await documentOf(external);
    const emitted = [{ id: 'n', at, event: 'Noted', properties: {} }];
    await torn.ports.store.commit({ ...document, revision: document.revision + 1, emitted });
    return torn;
  }

  it('keeps neither other runs of the customer nor their events from being made true', async () => {
    const put = vi.fn<() => void>();
    const torn = await inBoth('oda', put);
    const does = relay.bind(undefined, torn);
    const outcome = await relayed([await record('oda')], does);
    expect(outcome).toMatchObject({ asked: ['start other'], reported: [] });
    expect(put).toHaveBeenCalledOnce();
    expect(await phases('oda')).toEqual([
      ['journey', 'starting'],
      ['other', 'running'],
    ]);
  });

  it('does not keep the sweep from the rest either, which learns there what has ended unheard', async () => {
    const put = vi.fn<() => void>();
    const torn = await inBoth('pia', put);
    state.now = addMillis(state.now, 10 * 60_000);
    await expect(lookAtCustomer(torn, idOf('pia'))).rejects.toMatchObject({ name: 'UnknownVersion' });
    expect(put).toHaveBeenCalledOnce();
    expect(await phases('pia')).toEqual([
      ['journey', 'starting'],
      ['other', 'running'],
    ]);
    state.now = addMillis(state.now, 10 * 24 * 60 * 60_000);
    await expect(lookAtCustomer(torn, idOf('pia'))).rejects.toMatchObject({ name: 'UnknownVersion' });
    expect(await phases('pia')).toEqual([['journey', 'starting']]);
    expect((await documentOf('pia')).tallies['other']).toMatchObject({ entered: 1, failed: 1 });
  });
});

describe('a document of an earlier engine', () => {
  it('is relayed as any other, and written in the form of today', async () => {
    await tell('ned', 'Signed Up');
    const { segments: _, aggregates: __, ...rest } = await documentOf('ned');
    const earlier = { ...rest, schema: 1, revision: rest.revision + 1 } as unknown as CustomerDocument;
    await engine.ports.store.commit(earlier);
    expect(await relayed([await record('ned')])).toMatchObject({ asked: ['start 1'], reported: [] });
    const written = await engine.ports.store.load(idOf('ned'));
    expect(written).toMatchObject({ schema: 2, segments: {} });
  });
});

describe('a look at somebody for whom nothing is due', () => {
  it('is one read; where the instant of the look has come, one write moves it on', async () => {
    await tell('ida', 'Signed Up');
    await relayed([await record('ida')]);
    calls.length = 0;
    await lookAtCustomer(engine, idOf('ida'));
    expect(calls).toEqual(['Get DOC']);
    state.now = addMillis(state.now, 71 * 60_000);
    calls.length = 0;
    asked.length = 0;
    await lookAtCustomer(engine, idOf('ida'));
    expect(asked).toEqual(['describe']);
    expect(calls).toEqual(['Get DOC', 'Put DOC']);
    expect((await documentOf('ida')).look).toBe(addMillis(state.now, 10 * 60_000));
    calls.length = 0;
    await lookAtCustomer(engine, idOf('ida'), () => false);
    expect(calls).toEqual(['Get DOC']);
  });
});
