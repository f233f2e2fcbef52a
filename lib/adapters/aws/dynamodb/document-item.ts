/**
 * A customer document as an item: what the platform reads stands beside it as attributes (profiles-table.ts), all else is packed.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Fault } from '#lib/contracts/faults.ts';
import { ATTRIBUTES, DOCUMENT_SORT_KEY, KEYS } from '#lib/contracts/profiles-table.ts';
import { documentSchema, type CustomerDocument } from '#lib/engine/document.ts';
import { isForRelay } from '#lib/engine/next-look.ts';
import { upgraded, type EarlierDocument } from '#lib/engine/upgrade.ts';
import { packed, unpacked } from './packing.ts';
import { REVISION } from './table.ts';

/** Attributes that only this adapter knows. */
export const OWN = {
  /** The document, packed. */
  document: 'doc',
  /** Who has written it: another text with every commit. */
  writer: 'writer',
} as const;

/**
 * DynamoDB refuses an item of more than 400 KB, names included. What is left is room for the other attributes, and for the log to
 * become an item of its own, packed by itself.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const LARGEST_PACKED = 390_000;

export function documentKey(customer: string): Record<string, AttributeValue> {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.customer(customer) },
    [ATTRIBUTES.sort]: { S: DOCUMENT_SORT_KEY },
  };
}

/** The item; undefined where the document does not fit into one. */
export function documentItem(
  document: CustomerDocument,
  writer: string,
): Record<string, AttributeValue> | undefined {
  const { customer, revision, look } = document;
  const bytes = packed(document);
  if (bytes.length > LARGEST_PACKED) return undefined;
  return {
    ...documentKey(customer),
    [OWN.document]: { B: bytes },
    [REVISION]: { N: String(revision) },
    [OWN.writer]: { S: writer },
    // Nobody asks a tombstone about a schedule.
    ...(document.erased === undefined && { [ATTRIBUTES.shard]: { S: customer.slice(0, 2) } }),
    ...(isForRelay(document) && { [ATTRIBUTES.todo]: { S: '1' } }),
    ...(look !== undefined && {
      [ATTRIBUTES.lookShard]: { S: customer.slice(0, 1) },
      [ATTRIBUTES.lookAt]: { S: look },
    }),
  };
}

/** An item as the SDK gives it, or as a stream's record in Lambda does: there binaries are base64. */
export type DocumentImage = Readonly<Record<string, StoredValue | undefined>>;
interface StoredValue {
  readonly S?: string | undefined;
  readonly B?: string | Uint8Array | undefined;
}

/**
 * The document in an image of the stream (`NewImage`) or an item read, brought up to date where an earlier engine has written it.
 * Throws the fault `DocumentNotUnderstood`, which names the item's key only, for everything else.
 */
export function readDocumentImage(image: DocumentImage): CustomerDocument {
  const key = image[ATTRIBUTES.partition]?.S ?? '';
  const bytes = image[OWN.document]?.B;
  if (bytes === undefined) throw notUnderstood(key);
  const document = readPacked(key, typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes);
  if (KEYS.customer(document.customer) !== key) throw notUnderstood(key);
  return document;
}

function readPacked(key: string, bytes: Uint8Array): CustomerDocument {
  try {
    const document = upgraded(unpacked(bytes) as CustomerDocument | EarlierDocument);
    // Looked at whole, but not rebuilt: a field of a later engine survives one that was rolled back.
    if (documentSchema.safeParse(document).success) return document;
  } catch {
    // Whatever zlib, JSON or the upgrade say may repeat what is in it.
  }
  throw notUnderstood(key);
}

function notUnderstood(key: string): Fault {
  return new Fault('DocumentNotUnderstood', `the item ${key} holds no customer document that can be read`);
}
