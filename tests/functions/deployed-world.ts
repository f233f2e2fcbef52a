// Committed journeys at work in the deployed functions: executions in the interpreter and its virtual time, decisions in the packed
// functions over the table. What reaches the table from elsewhere (events, the relay) is the engine over the same adapters.
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { createBelongings } from '#lib/adapters/aws/dynamodb/belongings.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { MemoryConsentLedger } from '#lib/adapters/memory/consent-ledger.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { customerId, versionKey } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { ToldRevision } from '#lib/engine/ports.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { engineWorkspace } from '#lib/runtime/workspace-file.ts';
import { SimulatedExecutions } from '#lib/simulator/simulated-executions.ts';
import type { DeployedFunctions } from './deployed-functions.ts';

const pause = (): Promise<void> => Promise.resolve();

/** What becomes of a call after the function has done its work: an error in the place of the answer, where one is returned. */
export type Interference = (step: StepFunction, payload: unknown) => Error | undefined;

export class DeployedWorld {
  readonly clock: VirtualClock;
  /** What was decided, in the order in which the relay tells it. */
  readonly told: LogEntry[] = [];
  readonly #functions: DeployedFunctions;
  readonly #engine;
  readonly #interfere: Interference;

  constructor(functions: DeployedFunctions, start: string, interfere: Interference = () => undefined) {
    this.#functions = functions;
    this.#interfere = interfere;
    this.clock = new VirtualClock(Date.parse(start));
    vi.useFakeTimers({ toFake: ['Date'], now: this.clock.now() });
    const { versions, workspace } = functions.repository;
    const now = (): ReturnType<typeof fromMillis> => fromMillis(this.clock.now());
    const executions = new SimulatedExecutions({
      clock: this.clock,
      random: () => 0.5,
      machines: new Map(
        versions.map(({ journey, version, machine, resume }) => [
          versionKey(journey, version),
          { machine: parseMachine(machine), resume: resume && parseMachine(resume) },
        ]),
      ),
      callStep: (step, payload) => this.#task(step, payload),
      ended: (run, status) => {
        this.clock.at(this.clock.now(), async () => {
          await executionEnded(this.#engine, run, status);
          await this.#relay(run.customer);
        });
      },
    });
    const { client, name } = functions.table;
    this.#engine = {
      workspace: engineWorkspace(workspace),
      ports: {
        store: createDocumentStore({ client, name }, { uniqueText: randomUUID, random: () => 0, pause }),
        executions,
        bus: { put: () => Promise.resolve() },
        ledger: new MemoryConsentLedger(),
        belongings: createBelongings({ client, name }),
        timeline: {
          append: ({ log }: ToldRevision) => {
            this.told.push(...log);
            return Promise.resolve();
          },
        },
        switches: new MemorySwitches(),
        clock: { now, monotonic: () => this.clock.now() },
      },
    } as const;
  }

  /** An application tells something of a customer. */
  async tell(
    external: string,
    input: Omit<CustomerEvent, 'id' | 'at' | 'received'> | Omit<Identify, 'id' | 'at' | 'received'>,
  ): Promise<void> {
    const at = fromMillis(this.clock.now());
    const customer = customerId('secret', external);
    const whole = { ...input, id: randomUUID(), at, received: at } as CustomerEvent | Identify;
    await takeCalls(this.#engine, customer, [{ external, input: whole }]);
    await this.#relay(customer);
  }

  async document(external: string): Promise<CustomerDocument | undefined> {
    return loadDocument(this.#engine.ports.store, customerId('secret', external));
  }

  /** Lets time pass, and everything that is due by then happen. */
  async pass(millis: number): Promise<void> {
    await this.clock.runUntil(this.clock.now() + millis);
  }

  async #task(step: StepFunction, payload: unknown): Promise<unknown> {
    vi.setSystemTime(this.clock.now());
    try {
      const answer = await this.#functions.call(step, payload);
      const interference = this.#interfere(step, payload);
      if (interference !== undefined) throw interference;
      return answer;
    } catch (error) {
      // The packed functions have classes of their own: by name and message, as Lambda reports them.
      const { name, message } = error as Error;
      throw Object.assign(new Fault('DocumentConflict', message), { name });
    } finally {
      const { customer } = (payload as { run: { customer: string } }).run;
      this.clock.at(this.clock.now(), () => this.#relay(customer));
    }
  }

  /** What the stream of the table sets off. */
  async #relay(customer: string): Promise<void> {
    const document = await loadDocument(this.#engine.ports.store, customer);
    if (document !== undefined) await relay(this.#engine, document);
  }
}
