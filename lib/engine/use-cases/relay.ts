/**
 * Makes true what the document says should be true of its runs' executions, puts on the bus what its journeys have emitted, writes
 * into the ledger what was said about consent, and tells the timeline what was decided. Driven by the table's stream and by the sweep; every effect may be repeated, none is performed before its decision is committed.
 */
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { executionName } from '#lib/contracts/ids.ts';
import type { CustomerDocument, Run } from '../document.ts';
import type { Input } from '../input.ts';
import { hasWork, UNCONFIRMED_MILLIS } from '../next-look.ts';
import { STRAGGLERS_MILLIS } from '../rules/erasure.ts';
import type { EmittedEvent, Executions } from '../ports.ts';
import { decideAndCommit, waitingFor, type DecidingPorts, type Engine } from './engine.ts';
import { loadDocument } from './load-document.ts';
import { lookUpOverdue, type HasTurn } from './look-up.ts';

/** What it takes to make a document's phases true, to put what it has emitted, to keep what was said about consent, and to forget. */
type MakingTruePorts = DecidingPorts | 'executions' | 'bus' | 'ledger' | 'belongings';

/**
 * For committed images of one customer's document, in the order of their revisions. Each has a log of its own to tell; what is to be
 * made true is read from the present state, once, because an image may be old and the last has it all.
 */
export async function relay(
  engine: Engine<MakingTruePorts | 'timeline'>,
  ...images: readonly CustomerDocument[]
): Promise<void> {
  for (const image of images)
    if (image.log.length > 0 && image.erased === undefined) await engine.ports.timeline.append(image);
  const last = images.at(-1);
  // Looked for among all images: what those before it have told the timeline has just been written, and goes with the rest.
  const isErasure = images.some(({ erased }) => erased?.removal === 'wanted');
  if (last === undefined || !(isErasure || hasEffects(last))) return;
  const present = await loadDocument(engine.ports.store, last.customer);
  if (present === undefined) return;
  // What waits inside does not wait for the bus. A start that has been refused for so long is in a queue by now, and the sweep's: to
  // ask again with every look that moves on, which is a commit as any other, would put it there once more each time.
  await oneByOne(
    present,
    (document) =>
      perform(
        engine,
        document,
        (run) => hasWork(run) && !(isStart(run) && waitingFor(engine, run.phaseAt) >= UNCONFIRMED_MILLIS),
      ),
    (document) => putEmitted(engine, document, () => true),
    (document) => writeLedger(engine, document, () => true),
    (document) => (isErasure ? removeBelongings(engine, document) : document),
  );
}

function hasEffects({ emitted, ledger, runs }: CustomerDocument): boolean {
  return emitted !== undefined || ledger !== undefined || Object.values(runs).some(hasWork);
}

/** For a customer whose runs could not be started when the relay wanted to: makes true what the document says by now. */
export async function makeTrue(
  engine: Engine<DecidingPorts | 'executions'>,
  customer: string,
): Promise<void> {
  const present = await loadDocument(engine.ports.store, customer);
  if (present !== undefined) await perform(engine, present, hasWork);
}

/**
 * Looks again at what has stayed unconfirmed for ten minutes (a lost stream record, a function that died), and looks up the
 * executions of runs that are overdue. `document` has just been read; returns it as the last of the decisions made here has left it.
 */
export async function sweep(
  engine: Engine<MakingTruePorts>,
  document: CustomerDocument,
  hasTurn?: HasTurn,
): Promise<CustomerDocument> {
  return oneByOne(
    document,
    (before) =>
      perform(engine, before, (run) => hasWork(run) && waitingFor(engine, run.phaseAt) >= UNCONFIRMED_MILLIS),
    (before) => putEmitted(engine, before, ({ at }) => waitingFor(engine, at) >= UNCONFIRMED_MILLIS),
    (before) =>
      writeLedger(engine, before, ({ decided }) => waitingFor(engine, decided) >= UNCONFIRMED_MILLIS),
    (before) => lookUpOverdue(engine, before, hasTurn),
    (before) => (isRemovalDue(engine, before) ? removeBelongings(engine, before) : before),
  );
}

/**
 * Each does something else for the customer, with other services: one that fails keeps none of the others from being done. Returns the
 * document as the last has left it, and throws the first failure at the end.
 */
async function oneByOne(
  document: CustomerDocument,
  ...works: readonly ((document: CustomerDocument) => Promise<CustomerDocument> | CustomerDocument)[]
): Promise<CustomerDocument> {
  const failures: unknown[] = [];
  let latest = document;
  for (const work of works)
    try {
      latest = await work(latest);
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return latest;
}

/** Once at once; and once more when nothing that began before the erasure can still add to it. */
function isRemovalDue(engine: Engine<'clock'>, { erased }: CustomerDocument): boolean {
  if (erased === undefined || erased.removal === 'sure') return false;
  return (
    waitingFor(engine, erased.at) >= (erased.removal === 'wanted' ? UNCONFIRMED_MILLIS : STRAGGLERS_MILLIS)
  );
}

/** Only of somebody who is still erased: what came after a return is theirs. */
async function removeBelongings(
  engine: Engine<DecidingPorts | 'belongings'>,
  document: CustomerDocument,
): Promise<CustomerDocument> {
  const { customer, erased } = document;
  if (erased === undefined) return document;
  const begun = engine.ports.clock.now();
  await engine.ports.belongings.remove(customer);
  const input = { kind: 'removed', begun } as const;
  const { document: after } = await decideAndCommit(engine, customer, [input], undefined, document);
  return after ?? document;
}

/** Puts events on the bus and notes that it has taken them; one that it is given again is told apart by its id. */
async function putEmitted(
  engine: Engine<DecidingPorts | 'bus'>,
  document: CustomerDocument,
  wanted: (event: EmittedEvent) => boolean,
): Promise<CustomerDocument> {
  const { customer, external, emitted = [] } = document;
  const events = emitted.filter(wanted);
  if (events.length === 0) return document;
  for (const event of events) await engine.ports.bus.put(customer, external.user, event);
  const ids = events.map(({ id }) => id);
  const { document: after } = await decideAndCommit(
    engine,
    customer,
    [{ kind: 'emitted', ids }],
    undefined,
    document,
  );
  return after ?? document;
}

/** Writes what the ledger is to be told and notes that it has it; an entry that is there already stays as it is. */
async function writeLedger(
  engine: Engine<DecidingPorts | 'ledger'>,
  document: CustomerDocument,
  wanted: (entry: LedgerEntry) => boolean,
): Promise<CustomerDocument> {
  const { customer, ledger = [] } = document;
  const entries = ledger.filter(wanted);
  if (entries.length === 0) return document;
  await engine.ports.ledger.append(customer, entries);
  const ids = entries.map(({ id }) => id);
  const written = { kind: 'written', ids } as const;
  const { document: after } = await decideAndCommit(engine, customer, [written], undefined, document);
  return after ?? document;
}

/**
 * A run whose version is not there (a state machine that was deleted, a function that a deployment has not reached) keeps no other run
 * from being made true; its fault is thrown at the end. What is out of reach is so for all of them, and is not asked again and again.
 */
async function perform(
  engine: Engine<DecidingPorts | 'executions'>,
  document: CustomerDocument,
  wanted: (run: Run) => boolean,
): Promise<CustomerDocument> {
  let latest = document;
  let unknown: Fault | undefined;
  const runs = Object.entries(document.runs).filter(([, run]) => wanted(run));
  // What waits inside comes first: the platform has less room for starts than for anything else.
  for (const [id, run] of runs.toSorted(([, a], [, b]) => Number(isStart(a)) - Number(isStart(b)))) {
    try {
      const made = await makeRunTrue(engine, latest, id, run);
      if (made === 'put off') break;
      latest = made;
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== 'UnknownVersion') throw error;
      unknown ??= error;
    }
  }
  if (unknown !== undefined) throw unknown;
  return latest;
}

/** `latest`: the document as it was last seen; returns it as it is then. */
async function makeRunTrue(
  engine: Engine<DecidingPorts | 'executions'>,
  latest: CustomerDocument,
  id: string,
  run: Run,
): Promise<CustomerDocument | 'put off'> {
  const { customer } = latest;
  const confirmation = await act(engine, customer, id, run);
  if (confirmation === 'put off') return confirmation;
  if (confirmation === undefined) return latest;
  const { document: after } = await decideAndCommit(engine, customer, [confirmation], undefined, latest);
  // The run ended, or left the leg, while its execution was being started, and whoever stopped it may have come too early: stop it again.
  const present = after?.runs[id];
  const isOver = present === undefined || present.over !== undefined || present.leg !== run.leg;
  if (run.phase === 'starting' && isOver) await stop(engine.ports.executions, id, run, run.leg);
  return after ?? latest;
}

function isStart({ phase }: Run): boolean {
  return phase === 'starting';
}

/** `put off`: there is no room for starts, neither for this one nor for the next. */
async function act(
  engine: Engine<'executions'>,
  customer: string,
  id: string,
  run: Run,
): Promise<Extract<Input, { kind: 'confirm' }> | 'put off' | undefined> {
  const { executions } = engine.ports;
  const { journey, version, leg, first, at, loop } = run;
  const confirm = { kind: 'confirm', run: id, leg } as const;
  switch (run.phase) {
    case 'starting': {
      const started = await executions.start(executionName(id, leg), {
        run: id,
        leg,
        customer,
        journey,
        version,
        first,
        ...(at === undefined ? {} : { at }),
        ...(loop === undefined ? {} : { loop }),
      });
      return started === 'put off' ? started : { ...confirm, answer: 'started' };
    }
    case 'waking': {
      if (run.won?.token === undefined) return undefined;
      const { token, arm, plan, moved } = run.won;
      const woken =
        moved === true
          ? await executions.move(token, { plan, loop: run.won.loop })
          : await executions.wake(token, { arm, plan });
      return { ...confirm, answer: woken === 'woken' ? 'woken' : 'wake timed out', token };
    }
    case 'stopping':
      // A run that was changing legs may have the older execution still.
      if (leg > 1) await stop(executions, id, run, leg - 1);
      await stop(executions, id, run, leg);
      return { ...confirm, answer: 'stopped' };
    case 'moving':
      await stop(executions, id, run, leg - 1);
      return { ...confirm, answer: 'stopped' };
    case 'parked':
    case 'held':
    case 'running':
      return undefined;
  }
}

function stop(executions: Executions, id: string, { journey, version }: Run, leg: number): Promise<unknown> {
  return executions.stop(executionName(id, leg), { journey, version, leg });
}
