// Machines of the template: created, or brought to the definition that the template has now.
import type { Place } from '../place.ts';
import { machineArn } from './arns.ts';
import { parseDefinition } from './definition.ts';
import { NO_LOGGING } from './machine-operations.ts';
import type { StateMachineResource } from './state-machine-resource.ts';
import type { StateMachineStore } from './state-machine-store.ts';

/** Returns the ARN. Throws ServiceError as CreateStateMachine does. */
export function addMachine(
  store: StateMachineStore,
  { name, definition, roleArn }: StateMachineResource,
  { place, now, newId }: { readonly place: Place; readonly now: number; readonly newId: () => string },
): string {
  const arn = machineArn(place, name);
  const present = store.has(arn) ? store.machine(arn) : undefined;
  if (present?.revision.definition === definition) return arn;
  const machine = parseDefinition(definition);
  const revisionId = present === undefined ? 'INITIAL' : newId();
  const revision = { definition, machine, roleArn, revisionId, updateDate: now };
  if (present !== undefined) present.revision = revision;
  else
    store.put({
      arn,
      name,
      creationDate: now,
      revision,
      logging: NO_LOGGING,
      tracing: { enabled: false },
      tags: [],
      versions: [],
      nextVersion: 1,
      aliases: [],
      isDeleting: false,
    });
  return arn;
}
