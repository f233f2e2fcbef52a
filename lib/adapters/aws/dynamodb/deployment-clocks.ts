/** How far the deployment has come in time: one item, written only by who saw its latest revision. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { deploymentClockSchema, type DeploymentClock } from '#lib/contracts/deployment-clock.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { DeploymentClocks } from '#lib/engine/ports.ts';
import { answered, onlyAfterRevision, REVISION, unlessRefuted, type ProfilesTable } from './table.ts';

const KEY = { [ATTRIBUTES.partition]: { S: KEYS.deployment }, [ATTRIBUTES.sort]: { S: 'CLOCK' } };
/** JSON as text: operators may want to read it. */
const CLOCK = 'clock';

/**
 * Throws the faults `TableUnavailable` and `TableRefused`, and `load` throws `DocumentNotUnderstood` for an item that is none: to
 * begin anew would skip what is due.
 */
export function createDeploymentClocks({ client, name }: ProfilesTable): DeploymentClocks {
  return {
    async load() {
      const { Item: item } = await answered(
        client.send(new GetItemCommand({ TableName: name, Key: KEY, ConsistentRead: true })),
      );
      return item === undefined ? undefined : readClock(item[CLOCK]?.S);
    },

    async save(clock) {
      const Item = {
        ...KEY,
        [REVISION]: { N: String(clock.revision) },
        [CLOCK]: { S: JSON.stringify(clock) },
      };
      const write = new PutItemCommand({
        TableName: name,
        Item,
        ...onlyAfterRevision(clock.revision - 1),
      });
      return (await unlessRefuted(client.send(write))) === undefined ? 'conflict' : 'saved';
    },
  };
}

function readClock(text = ''): DeploymentClock {
  try {
    return deploymentClockSchema.parse(JSON.parse(text));
  } catch {
    throw new Fault('DocumentNotUnderstood', 'the clock of the deployment cannot be read');
  }
}
