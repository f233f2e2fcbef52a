// Machines as the journal has them: those that clients have created, changed, or given versions and aliases.
import type { ExecutionJournal, KeptMachine, KeptRevision } from './execution-journal.ts';
import type { Revision, StateMachine, StateMachineStore } from './state-machine-store.ts';

export class KeptMachines {
  readonly #store: StateMachineStore;
  readonly #journal: () => ExecutionJournal;
  readonly #changed = new Set<string>();

  constructor(store: StateMachineStore, journal: () => ExecutionJournal) {
    this.#store = store;
    this.#journal = journal;
  }

  changed(machine: StateMachine): void {
    this.#changed.add(machine.arn);
    const revisions = [machine.revision, ...machine.versions.map(({ revision }) => revision)];
    const kept = new Map(revisions.map((revision) => [this.#store.keep(revision), keptRevision(revision)]));
    this.#journal().machineChanged(this.#kept(machine), kept);
  }

  deleted(arn: string): void {
    this.#changed.delete(arn);
    this.#journal().machineGone(arn);
  }

  *changedByClients(): Generator<KeptMachine> {
    for (const arn of this.#changed) if (this.#store.has(arn)) yield this.#kept(this.#store.machine(arn));
  }

  /** After a restart. What the template defines stays as it is there; versions and aliases come back. */
  restore(kept: KeptMachine, revisionOf: (key: string) => Revision | undefined): void {
    const versions = kept.versions.flatMap((version) => {
      const revision = revisionOf(version.revision);
      return revision === undefined ? [] : [{ ...version, description: version.description, revision }];
    });
    const present = this.#store.has(kept.arn) ? this.#store.machine(kept.arn) : undefined;
    const revision = present?.revision ?? revisionOf(kept.revision);
    if (revision === undefined) return;
    this.#store.put({ ...kept, revision, versions });
    this.#changed.add(kept.arn);
  }

  #kept(machine: StateMachine): KeptMachine {
    return {
      ...machine,
      revision: this.#store.keep(machine.revision),
      versions: machine.versions.map((version) => ({
        ...version,
        revision: this.#store.keep(version.revision),
      })),
    };
  }
}

function keptRevision({ definition, roleArn, revisionId, updateDate }: Revision): KeptRevision {
  return { definition, roleArn, revisionId, updateDate };
}
