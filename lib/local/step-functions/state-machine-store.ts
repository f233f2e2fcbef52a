// The state machines that there are, with their versions and aliases.
// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html
import { createHash } from 'node:crypto';
import type { Machine } from '../asl/machine.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { parseMachineArn } from './arns.ts';

/** What an execution runs: the definition of a machine at one moment. */
export interface Revision {
  readonly definition: string;
  readonly machine: Machine;
  readonly roleArn: string;
  /** `INITIAL` until the first update, as there. */
  readonly revisionId: string;
  /** Milliseconds since 1970. */
  readonly updateDate: number;
}

export interface MachineVersion {
  readonly arn: string;
  readonly number: number;
  readonly description: string | undefined;
  readonly creationDate: number;
  readonly revision: Revision;
}

export interface Route {
  readonly versionArn: string;
  /** Percent of the executions; those of an alias add up to 100. */
  readonly weight: number;
}

export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
  description: string | undefined;
  routes: readonly Route[];
  readonly creationDate: number;
  updateDate: number;
}

export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: number;
  revision: Revision;
  /** Members that are kept and given back: nothing is logged or traced here. */
  logging: LoggingConfiguration;
  tracing: { readonly enabled: boolean };
  tags: readonly { readonly key: string; readonly value: string }[];
  /** In order of their numbers. */
  versions: readonly MachineVersion[];
  /** Numbers are never used again. */
  nextVersion: number;
  aliases: readonly MachineAlias[];
  /** It takes no new executions, and is gone when the last one has ended. */
  isDeleting: boolean;
}

export interface LoggingConfiguration {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  readonly destinations?:
    | readonly { readonly cloudWatchLogsLogGroup: { readonly logGroupArn: string } }[]
    | undefined;
}

/** What an ARN of a machine, a version or an alias leads to. */
export interface Found {
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly version: MachineVersion | undefined;
  readonly alias: MachineAlias | undefined;
}

export class StateMachineStore {
  readonly #machines = new Map<string, StateMachine>();
  readonly #random: () => number;
  readonly #keys = new WeakMap<Revision, string>();
  readonly #revisions = new Map<string, Revision>();

  /** `random`, uniform in [0, 1), chooses between the two versions of an alias. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Keeps what an execution runs, also when its machine is changed or deleted; returns the name under which it is kept. */
  keep(revision: Revision): string {
    const known = this.#keys.get(revision);
    if (known !== undefined) return known;
    const { definition, roleArn, revisionId, updateDate } = revision;
    const key = createHash('sha256')
      .update(JSON.stringify([definition, roleArn, revisionId, updateDate]))
      .digest('base64url');
    this.#keys.set(revision, key);
    this.#revisions.set(key, revision);
    return key;
  }

  /** What was kept under this name. */
  revision(key: string): Revision | undefined {
    return this.#revisions.get(key);
  }

  put(machine: StateMachine): void {
    this.#machines.set(machine.arn, machine);
  }

  delete(arn: string): void {
    this.#machines.delete(arn);
  }

  has(arn: string): boolean {
    return this.#machines.has(arn);
  }

  /** By name. */
  all(): StateMachine[] {
    return [...this.#machines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A machine by its own ARN. Throws ServiceError InvalidArn, StateMachineDoesNotExist. */
  machine(arn: string): StateMachine {
    const { arn: own, qualifier } = parseMachineArn(arn);
    const machine = this.#machines.get(own);
    if (machine === undefined || qualifier !== undefined) throw missing(arn);
    return machine;
  }

  /** The same, or of one of its versions or aliases. Throws ServiceError InvalidArn, StateMachineDoesNotExist. */
  find(arn: string): Found {
    const { arn: own, qualifier } = parseMachineArn(arn);
    const machine = this.#machines.get(own);
    if (machine === undefined) throw missing(arn);
    if (qualifier === undefined)
      return { machine, revision: machine.revision, version: undefined, alias: undefined };
    const alias = machine.aliases.find(({ name }) => name === qualifier);
    const versionArn = alias === undefined ? arn : this.#choose(alias);
    const version = machine.versions.find((candidate) => candidate.arn === versionArn);
    if (version === undefined) throw missing(arn);
    return { machine, revision: version.revision, version, alias };
  }

  #choose({ routes }: MachineAlias): string | undefined {
    let left = this.#random() * 100;
    return (routes.find(({ weight }) => (left -= weight) < 0) ?? routes.at(-1))?.versionArn;
  }
}

/** @throws ServiceError StateMachineDeleting */
export function checkNotDeleting({ arn, isDeleting }: StateMachine): void {
  if (isDeleting) throw new ServiceError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
}

function missing(arn: string): ServiceError {
  return new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}
