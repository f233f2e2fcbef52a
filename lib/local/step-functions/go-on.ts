// After a restart: machines that clients have made come back, then the executions, which go on.
import type { ExecutionJournal } from './execution-journal.ts';
import { parseDefinition } from './definition.ts';
import type { Executions } from './executions.ts';
import type { KeptMachines } from './kept-machines.ts';
import type { Revision, StateMachineStore } from './state-machine-store.ts';

export interface Restarted {
  readonly store: StateMachineStore;
  readonly machines: KeptMachines;
  readonly executions: Executions;
  readonly journal: ExecutionJournal;
}

/** Rejects where a definition that was accepted once is not any more. */
export async function goOn({ store, machines, executions, journal }: Restarted): Promise<void> {
  const revisions = new Map<string, Revision>();
  const revisionOf = (key: string): Revision | undefined => {
    const kept = journal.restoredRevisions.get(key);
    const present = revisions.get(key);
    if (present !== undefined || kept === undefined) return present;
    const revision = { ...kept, machine: parseDefinition(kept.definition) };
    revisions.set(key, revision);
    store.keep(revision);
    return revision;
  };
  for (const machine of journal.restoredMachines.values()) machines.restore(machine, revisionOf);
  for (const [id, endedAt] of journal.restoredNames) executions.ended.restoreName(id, endedAt);
  const families = journal.families();
  const byEnd = [...journal.restoredEnds.values()]
    .filter(({ id }) => !families.has(id))
    .toSorted((a, b) => (a.stopDate ?? 0) - (b.stopDate ?? 0));
  for (const ended of byEnd) executions.ended.restore(ended);
  // Machines' lists are in order of starts, and so are these.
  const all = [
    ...[...families.values()].map((family) => ({ at: family.start.at, family, ended: undefined })),
    ...byEnd.map((ended) => ({ at: ended.startDate, family: undefined, ended })),
  ].toSorted((a, b) => a.at - b.at);
  for (const { family, ended } of all) {
    if (ended !== undefined) {
      revisionOf(ended.origin.definition ?? '');
      executions.restoreEnded(ended);
      continue;
    }
    const key = family.start.origin.definition ?? '';
    const revision = revisionOf(key);
    if (revision === undefined) throw new Error(`The journal has no definition for ${family.start.id}.`);
    await executions.restore(family, revision);
  }
  journal.restored();
}
