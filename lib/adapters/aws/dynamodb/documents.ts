/** Customer documents in DynamoDB: a consistent read, and one conditional write on the revision. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { DocumentStore } from '#lib/engine/ports.ts';
import { documentItem, documentKey, OWN, readDocumentImage } from './document-item.ts';
import {
  answered,
  isRefuted,
  mayBeWritten,
  onlyAfterRevision,
  REVISION,
  tableFault,
  type ProfilesTable,
} from './table.ts';

/** How long who came second waits at most before deciding again; doubled with each conflict in a row, up to the last. */
const FIRST_PAUSE_MILLIS = 20;
/** 25 conflicts in a row (the engine gives up then) are three seconds on average: less than any function's own patience. */
const LONGEST_PAUSE_MILLIS = 250;

export interface DocumentStoreOptions {
  /** A text that nobody else uses: tells a commit of one's own from an equal one of another. */
  readonly uniqueText: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly pause: (millis: number) => Promise<void>;
}

/**
 * Beside what the port says, both throw the faults `TableUnavailable` and `TableRefused`, and `load` throws `DocumentNotUnderstood`.
 * After `TableUnavailable` a commit may have taken place or not: the input has to come again, and what it has changed already it does
 * not change twice, as after a function that died.
 */
export function createDocumentStore(table: ProfilesTable, options: DocumentStoreOptions): DocumentStore {
  const { client, name } = table;
  const conflicts = new Map<string, number>();

  /** Those who meet at one document spread out, or they would all meet again. */
  async function conflict(customer: string): Promise<'conflict'> {
    const before = conflicts.get(customer) ?? 0;
    conflicts.set(customer, before + 1);
    const longest = Math.min(FIRST_PAUSE_MILLIS * 2 ** before, LONGEST_PAUSE_MILLIS);
    await options.pause(Math.floor(options.random() * longest));
    return 'conflict';
  }

  /** What became of a write that got no answer: asked of the table itself. */
  async function lookUp(
    { customer, revision }: CustomerDocument,
    writer: string,
  ): Promise<'committed' | 'conflict' | 'unknown'> {
    const { Item: stored } = await answered(
      client.send(
        new GetItemCommand({
          TableName: name,
          Key: documentKey(customer),
          ConsistentRead: true,
          ProjectionExpression: '#revision, #writer',
          ExpressionAttributeNames: { '#revision': REVISION, '#writer': OWN.writer },
        }),
      ),
    );
    if (stored?.[OWN.writer]?.S === writer) return 'committed';
    return Number(stored?.[REVISION]?.N ?? 0) >= revision ? 'conflict' : 'unknown';
  }

  return {
    async load(customer) {
      const { Item: item } = await answered(
        client.send(
          new GetItemCommand({ TableName: name, Key: documentKey(customer), ConsistentRead: true }),
        ),
      );
      return item === undefined ? undefined : readDocumentImage(item);
    },

    async commit(document) {
      const { customer, revision } = document;
      const writer = options.uniqueText();
      const item = documentItem(document, writer);
      if (item === undefined) return 'too large';
      try {
        await client.send(
          new PutItemCommand({ TableName: name, Item: item, ...onlyAfterRevision(revision - 1) }),
        );
      } catch (error) {
        const became = mayBeWritten(error) ? await lookUp(document, writer) : 'unknown';
        if (became === 'conflict' || (became === 'unknown' && isRefuted(error))) return conflict(customer);
        if (became === 'unknown') throw tableFault(error);
      }
      conflicts.delete(customer);
      return 'committed';
    },
  };
}
