/** The engine at work: decisions committed over the ports. Shared by the functions in the cloud and by the simulator. */
import { Fault } from '#lib/contracts/faults.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { decide, type Decision } from '../decide.ts';
import { newDocument, type CustomerDocument } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import { fitted } from '../fit-document.ts';
import { nextLook } from '../next-look.ts';
import type {
  Belongings,
  Bus,
  Calls,
  Clock,
  ConsentLedger,
  Delivery,
  DocumentStore,
  Executions,
  JourneySwitches,
  Renderer,
  Slots,
  Timeline,
  Values,
} from '../ports.ts';
import type { Workspace } from '../workspace.ts';
import { newOutcomes, type Outcome } from './new-outcomes.ts';
import { loadDocument } from './load-document.ts';
import { switchedWorkspace } from './switched-workspace.ts';

/** Every port there is; whoever puts an engine together builds those that its use cases ask for. */
interface EnginePorts {
  readonly store: DocumentStore;
  readonly executions: Executions;
  readonly renderer: Renderer;
  readonly delivery: Delivery;
  readonly slots: Slots;
  readonly values: Values;
  readonly bus: Bus;
  readonly calls: Calls;
  readonly timeline: Timeline;
  readonly ledger: ConsentLedger;
  readonly belongings: Belongings;
  readonly switches: JourneySwitches;
  readonly clock: Clock;
}

/**
 * The engine with the ports `P`. Each use case asks for those it uses, so that a function has the clients, and the rights, of its own
 * task only.
 */
export interface Engine<P extends keyof EnginePorts = keyof EnginePorts> {
  readonly ports: Pick<EnginePorts, P>;
  readonly workspace: Workspace;
}

/** What every decision needs. */
export type DecidingPorts = 'store' | 'clock' | 'switches';

/** Somebody else was first that often in a row: more than any real customer causes, so the caller should try again later. */
const MOST_CONFLICTS = 25;

/** What became of inputs. */
export interface Decided {
  /** As it is stored now; undefined where the customer is unknown. */
  readonly document: CustomerDocument | undefined;
  readonly answer: Answer | undefined;
  /** Executions that the relay is to start because of them: what a broadcast is paced by. */
  readonly starts: number;
  /** What they have newly told of messages. */
  readonly outcomes: readonly Outcome[];
}

/**
 * Load, decide all inputs in order, commit with one write; where somebody else was first, load and decide again. `known` is the document
 * as the caller has just written it: it is decided on without reading it once more, and counts only if nobody has written since.
 * `inputs` that depend on the document are made anew for each document loaded. `create` names the external id where a customer nobody knows may be created; without it an unknown customer changes nothing.
 * Throws the fault `DocumentConflict` after many conflicts in a row, and `DocumentTooLarge` where it cannot be written at all, and `UnknownVersion` where this function lacks a version that
 * the document names: the input has to come again.
 */
export async function decideAndCommit(
  engine: Engine<DecidingPorts>,
  customer: string,
  inputs: readonly Input[] | ((document: CustomerDocument) => readonly Input[] | Promise<readonly Input[]>),
  create?: string,
  known?: CustomerDocument,
): Promise<Decided> {
  const { store, clock, switches } = engine.ports;
  for (let attempt = 0; attempt < MOST_CONFLICTS; attempt += 1) {
    const isKnown = attempt === 0 && known !== undefined;
    const loaded = isKnown ? known : await loadDocument(store, customer);
    const workspace = switchedWorkspace(engine.workspace, await switches.current());
    const now = clock.now();
    if (loaded === undefined && create === undefined)
      return { document: undefined, answer: undefined, starts: 0, outcomes: [] };
    const before = loaded === undefined ? newDocument(customer, create ?? '', now) : named(loaded, create);
    const those = typeof inputs === 'function' ? await inputs(before) : inputs;
    const decided = decideAll(before, those, { now, workspace });
    if (decided.answer?.kind === 'fault' && decided.answer.name === 'UnknownVersion')
      throw new Fault('UnknownVersion', decided.answer.reason);
    // Where nothing is written, nothing says that it is still the document.
    if (decided.document === before && isKnown) continue;
    if (decided.document === before)
      return { document: before, answer: decided.answer, starts: 0, outcomes: [] };
    const { document, outcome } = await commitFitted(store, decided.document);
    if (outcome === 'committed')
      return {
        ...decided,
        document,
        starts: startsBetween(before, decided.document),
        outcomes: newOutcomes(before, decided.document, those),
      };
  }
  throw new Fault(
    'DocumentConflict',
    'the customer document kept changing; the input should be tried again later',
  );
}

/** Of somebody who was erased the id of the applications is not known: only who says it may bring them back. */
function named(document: CustomerDocument, external: string | undefined): CustomerDocument {
  return document.erased === undefined || external === undefined
    ? document
    : { ...document, external: { user: external } };
}

/** Whatever a customer has gathered, what was decided is written. */
async function commitFitted(store: DocumentStore, document: CustomerDocument) {
  const outcome = await store.commit(document);
  if (outcome !== 'too large') return { document, outcome };
  const fits = fitted(document);
  const second = await store.commit(fits);
  if (second !== 'too large') return { document: fits, outcome: second };
  throw new Fault('DocumentTooLarge', 'the customer document fits into no item, whatever is left out of it');
}

function startsBetween(before: CustomerDocument, after: CustomerDocument): number {
  let starts = 0;
  for (const [id, { phase, leg }] of Object.entries(after.runs)) {
    const earlier = before.runs[id];
    if (phase === 'starting' && (earlier?.phase !== 'starting' || earlier.leg !== leg)) starts += 1;
  }
  return starts;
}

/** Several inputs of one customer become one revision with one log. */
function decideAll(
  before: CustomerDocument,
  inputs: readonly Input[],
  context: Parameters<typeof decide>[2],
): { document: CustomerDocument; answer: Answer | undefined } {
  let document = before;
  let answer: Answer | undefined;
  const log: CustomerDocument['log'][number][] = [];
  for (const input of inputs) {
    const decision: Decision = decide(document, input, context);
    document = decision.document;
    answer = decision.answer;
    log.push(...decision.log);
  }
  if (document === before) return { document, answer };
  return { document: looked({ ...document, revision: before.revision + 1, log }, context.now), answer };
}

/** Whatever is decided may change by when somebody should look at the customer again. */
function looked(document: CustomerDocument, now: Instant): CustomerDocument {
  const look = nextLook(document, now);
  if (look === document.look) return document;
  const { look: _, ...rest } = document;
  return look === undefined ? rest : { ...rest, look };
}

/** Milliseconds that a phase has waited for its confirmation. */
export function waitingFor(engine: Engine<'clock'>, since: Parameters<typeof toMillis>[0]): number {
  return toMillis(engine.ports.clock.now()) - toMillis(since);
}
