// What is written down of machines and executions, so that they survive the process: of an execution its start, what came to it from outside, and
// its end. From these it can be played back (playback.ts). See docs/adr/0048-executions-are-played-back.md.
import type { ExecutionDescription } from '../asl/interpreter.ts';
import type { Execution, Origin } from '../asl/execution.ts';
import type { Json } from '../asl/json.ts';
import { type Journal, NO_JOURNAL } from '../journal/journal.ts';
import type { KeptMessage } from './playback.ts';
import type { StateMachine } from './state-machine-store.ts';

/** What an execution runs, without what follows from its text. */
export interface KeptRevision {
  readonly definition: string;
  readonly roleArn: string;
  readonly revisionId: string;
  readonly updateDate: number;
}

export interface KeptStart {
  readonly id: string;
  readonly machineName: string;
  readonly name: string;
  readonly input: Json;
  readonly origin: Origin;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A machine with its versions, whose revisions are written down under their keys. */
export type KeptMachine = Omit<StateMachine, 'revision' | 'versions'> & {
  readonly revision: string;
  readonly versions: readonly (Omit<StateMachine['versions'][number], 'revision'> & {
    readonly revision: string;
  })[];
};

type Record =
  | { readonly kind: 'revision'; readonly key: string; readonly revision: KeptRevision }
  | { readonly kind: 'machine'; readonly machine: KeptMachine }
  | { readonly kind: 'machine is gone'; readonly arn: string }
  | { readonly kind: 'start'; readonly start: KeptStart }
  /** `count`: the how manyth of its family it is. */
  | { readonly kind: 'message'; readonly root: string; readonly count: number; readonly message: KeptMessage }
  | { readonly kind: 'end'; readonly execution: ExecutionDescription }
  | { readonly kind: 'name'; readonly id: string; readonly endedAt: number };

/** An execution that was started by name, and the children of its Map Runs. */
export interface KeptFamily {
  readonly start: KeptStart;
  readonly messages: KeptMessage[];
  /** Set while it is over. */
  end: ExecutionDescription | undefined;
}

/** What the journal is asked for beyond what it has itself. */
export interface Present {
  revision(key: string): KeptRevision | undefined;
  /** Machines that a client has created or changed. */
  machines(): Iterable<KeptMachine>;
  /** Root executions that have ended and are described, oldest end first. */
  ended(): Iterable<ExecutionDescription>;
  names(): Iterable<readonly [id: string, endedAt: number]>;
}

const PART = 'executions';

export class ExecutionJournal {
  readonly #journal: Journal;
  /** Families that run, and those that have failed and may be looked at or go on. */
  readonly #families = new Map<string, KeptFamily>();
  /** Those that are in the snapshot or after it. */
  #writtenRevisions = new Set<string>();
  readonly restoredRevisions = new Map<string, KeptRevision>();
  readonly restoredMachines = new Map<string, KeptMachine>();
  readonly restoredEnds = new Map<string, ExecutionDescription>();
  readonly restoredNames = new Map<string, number>();

  constructor(journal: Journal, present: Present) {
    this.#journal = journal;
    journal.register({
      name: PART,
      restore: (record) => this.#restore(record as unknown as Record),
      snapshot: () => this.#snapshot(present),
    });
  }

  /** Without a journal nothing has to be remembered for it. */
  get isKept(): boolean {
    return this.#journal !== NO_JOURNAL;
  }

  /** Everything is back where it belongs. */
  restored(): void {
    for (const brought of [
      this.restoredRevisions,
      this.restoredMachines,
      this.restoredEnds,
      this.restoredNames,
    ])
      brought.clear();
  }

  families(): ReadonlyMap<string, KeptFamily> {
    return this.#families;
  }

  started(start: KeptStart, revision: KeptRevision): void {
    if (!this.isKept) return;
    this.#writeRevision(start.origin.definition ?? '', revision);
    this.#families.set(start.id, { start, messages: [], end: undefined });
    this.#append({ kind: 'start', start });
  }

  heard({ id, family }: Execution, number: number, message: Json, at: number): void {
    const kept = this.#families.get(family.root);
    if (kept === undefined) return;
    const written = { execution: id, number, progress: family.events, at, message };
    if (isRedrive(message)) kept.end = undefined;
    kept.messages.push(written);
    this.#append({ kind: 'message', root: family.root, count: kept.messages.length, message: written });
  }

  /** A root execution has ended. */
  ended(execution: ExecutionDescription): void {
    if (!this.isKept) return;
    this.#take(execution);
    this.#append({ kind: 'end', execution });
  }

  /** Its history is no longer kept: it cannot go on. */
  forget(id: string): void {
    this.#families.delete(id);
  }

  machineChanged(machine: KeptMachine, revisions: ReadonlyMap<string, KeptRevision>): void {
    if (!this.isKept) return;
    for (const [key, revision] of revisions) this.#writeRevision(key, revision);
    this.#append({ kind: 'machine', machine });
  }

  machineGone(arn: string): void {
    if (this.isKept) this.#append({ kind: 'machine is gone', arn });
  }

  #writeRevision(key: string, revision: KeptRevision): void {
    if (this.#writtenRevisions.has(key)) return;
    this.#writtenRevisions.add(key);
    this.#append({ kind: 'revision', key, revision });
  }

  #append(record: Record): void {
    // Through JSON, so that members that are undefined vanish as they will on disk.
    if (this.isKept) this.#journal.append(PART, record as unknown as Json);
  }

  #take(execution: ExecutionDescription): void {
    const family = this.#families.get(execution.id);
    if (family === undefined) return;
    // What has succeeded does not go on; of what has not, the history is needed for that.
    if (execution.status === 'SUCCEEDED') this.#families.delete(execution.id);
    else family.end = execution;
  }

  #restore(record: Record): void {
    switch (record.kind) {
      case 'revision':
        this.#writtenRevisions.add(record.key);
        this.restoredRevisions.set(record.key, record.revision);
        return;
      case 'machine':
        this.restoredMachines.set(record.machine.arn, record.machine);
        return;
      case 'machine is gone':
        this.restoredMachines.delete(record.arn);
        return;
      case 'start':
        if (!this.#families.has(record.start.id) && !this.restoredEnds.has(record.start.id))
          this.#families.set(record.start.id, { start: record.start, messages: [], end: undefined });
        return;
      case 'message': {
        const family = this.#families.get(record.root);
        // The snapshot may have it already.
        if (family?.messages.length !== record.count - 1) return;
        family.messages.push(record.message);
        if (!isRedrive(record.message.message)) return;
        family.end = undefined;
        this.restoredEnds.delete(record.root);
        return;
      }
      case 'end':
        this.#take(record.execution);
        this.restoredEnds.set(record.execution.id, record.execution);
        return;
      case 'name':
        this.restoredNames.set(record.id, record.endedAt);
    }
  }

  *#snapshot(present: Present): Generator<Json> {
    for (const record of this.#records(present)) yield record as unknown as Json;
  }

  *#records(present: Present): Generator<Record> {
    const machines = [...present.machines()];
    const ended = [...present.ended()];
    const keys = new Set([
      ...machines.flatMap(({ revision, versions }) => [revision, ...versions.map((one) => one.revision)]),
      ...[...this.#families.values()].map(({ start }) => start.origin.definition ?? ''),
      ...ended.map(({ origin }) => origin.definition ?? ''),
    ]);
    this.#writtenRevisions = keys;
    for (const key of keys) {
      const revision = present.revision(key);
      if (revision !== undefined) yield { kind: 'revision', key, revision };
    }
    for (const machine of machines) yield { kind: 'machine', machine };
    for (const [id, endedAt] of present.names()) yield { kind: 'name', id, endedAt };
    for (const { start, messages } of this.#families.values()) {
      yield { kind: 'start', start };
      for (const [index, message] of messages.entries())
        yield { kind: 'message', root: start.id, count: index + 1, message };
    }
    for (const execution of ended) yield { kind: 'end', execution };
  }
}

/** The command with which an execution that is over goes on. */
function isRedrive(message: Json): boolean {
  return (message as { readonly command?: unknown } | null)?.command === 'redrive';
}
