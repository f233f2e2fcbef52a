/** Everything that the table keeps of one customer, read from the customer's own partition: nothing can be forgotten that lies there. */
import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { CustomerExport } from '#lib/contracts/customer-export.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { ATTRIBUTES, DOCUMENT_SORT_KEY, KEYS } from '#lib/contracts/profiles-table.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { readLedgerEntry } from './consent-ledger.ts';
import { readDocumentImage } from './document-item.ts';
import { unpacked } from './packing.ts';
import { answered, type ProfilesTable } from './table.ts';
import { readEntry } from './timeline.ts';

type Item = Record<string, AttributeValue>;

/** An export whose document can be asked as one. */
export interface ExportedCustomer extends Omit<CustomerExport, 'document' | 'timeline' | 'consent'> {
  readonly document: Omit<CustomerDocument, 'external' | 'log' | 'recent'>;
  readonly consent: readonly LedgerEntry[];
  readonly timeline: readonly LogEntry[];
}

/**
 * Undefined where nobody is known by the id. What has expired is not told, though DynamoDB may delete it days later.
 * Throws the faults `TableUnavailable`, `TableRefused` and `DocumentNotUnderstood`.
 */
export async function exportCustomer(
  table: ProfilesTable,
  customer: string,
  now: Instant,
): Promise<ExportedCustomer | undefined> {
  const items = (await itemsOf(table, customer)).filter((item) => !hasExpired(item, now));
  const stored = items.find((item) => sortOf(item) === DOCUMENT_SORT_KEY);
  if (stored === undefined) return undefined;
  const { external, ...document } = readDocumentImage(stored);
  const timeline: LogEntry[] = [];
  const kept = {
    format: 1 as const,
    exported: now,
    customer,
    external: external.user,
    document: withoutTokens(document),
    timeline,
    inApp: [] as Record<string, unknown>[],
    consent: [] as LedgerEntry[],
    identities: [] as string[],
    more: [] as Record<string, unknown>[],
  };
  for (const item of items) {
    const sort = sortOf(item);
    if (sort === DOCUMENT_SORT_KEY) continue;
    if (sort.startsWith(TIMELINE)) timeline.push(...readEntry(customer, item).flatMap(({ log }) => log));
    else if (sort.startsWith(IN_APP)) kept.inApp.push(plain(item));
    else if (sort.startsWith(LEDGER) && addTo(kept.consent, item)) continue;
    else if (sort.startsWith(POINTER)) kept.identities.push(sort.slice(POINTER.length));
    else kept.more.push({ key: sort, ...plain(item) });
  }
  // What is about to be told is in the document still.
  const told = new Set(timeline.map((entry) => JSON.stringify(entry)));
  timeline.push(...document.log.filter((entry) => !told.has(JSON.stringify(entry))));
  return kept;
}

/** False where the entry cannot be read: it is handed out as it is stored, and keeps nobody from being erased. */
function addTo(ledger: LedgerEntry[], item: Item): boolean {
  try {
    ledger.push(readLedgerEntry(item));
    return true;
  } catch {
    return false;
  }
}

const TIMELINE = 'T#';
const IN_APP = KEYS.inAppMessage('');
const LEDGER = KEYS.ledgerEntry('', '').slice(0, 2);
const POINTER = KEYS.pointer('');

async function itemsOf({ client, name }: ProfilesTable, customer: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const { Items: page = [], LastEvaluatedKey: last } = await answered(
      client.send(
        new QueryCommand({
          TableName: name,
          ConsistentRead: true,
          KeyConditionExpression: '#pk = :customer',
          ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition },
          ExpressionAttributeValues: { ':customer': { S: KEYS.customer(customer) } },
          ExclusiveStartKey: from,
        }),
      ),
    );
    items.push(...page);
    from = last;
  } while (from !== undefined);
  return items;
}

function sortOf(item: Item): string {
  return item[ATTRIBUTES.sort]?.S ?? '';
}

function hasExpired(item: Item, now: Instant): boolean {
  const expires = item[ATTRIBUTES.expires]?.N;
  return expires !== undefined && Number(expires) * 1000 <= toMillis(now);
}

/** A token of a callback lets whoever has it answer for the customer, and says nothing about them. */
function withoutTokens(document: Omit<CustomerDocument, 'external'>): ExportedCustomer['document'] {
  const { log: _, recent: __, ...sections } = document;
  const json = JSON.stringify(sections, (name, value: unknown) => (name === 'token' ? undefined : value));
  return JSON.parse(json) as ExportedCustomer['document'];
}

/** An item's own attributes as plain values; content that is kept as JSON is read. */
function plain(item: Item): Record<string, unknown> {
  const { [ATTRIBUTES.partition]: _, [ATTRIBUTES.sort]: __, ...others } = item;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: AttributeValue): unknown {
  if (value.S !== undefined) return parsed(value.S);
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(plainValue);
  if (value.M !== undefined)
    return Object.fromEntries(Object.entries(value.M).map(([name, one]) => [name, plainValue(one)]));
  return value.B === undefined ? null : unpackedOrBase64(value.B);
}

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unpackedOrBase64(bytes: Uint8Array): unknown {
  try {
    return unpacked(bytes);
  } catch {
    return Buffer.from(bytes).toString('base64');
  }
}
