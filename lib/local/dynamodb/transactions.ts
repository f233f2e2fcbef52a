// TransactWriteItems and TransactGetItems over a database that has neither: nobody else is let in meanwhile, each action is an ordinary
// conditional write, and what was written is put back where one of them fails.
import { createHash } from 'node:crypto';
import type { JsonObject } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Timers } from '../time/timers.ts';
import type { Commits, ItemChange, TransactionToken } from './commits.ts';
import { consumed } from './consumed-capacity.ts';
import { succeed, type Embedded, type EmbeddedAnswer } from './embedded.ts';
import type { LocalTable } from './local-table.ts';
import type { Locks } from './locks.ts';
import {
  parseTransactGet,
  parseTransactWrite,
  type Capacity,
  type TransactionAction,
} from './transaction-input.ts';
import { lockName, refusalOf, storedItem, type Writes, type Written } from './writes.ts';

/** How long a token stands for its transaction, by the documentation of ClientRequestToken. */
const TOKEN_MILLIS = 10 * 60 * 1000;

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: JsonObject;
}

const NO_REASON: CancellationReason = { Code: 'None' };

/**
 * What can only be found out with the item at hand is a reason of the cancellation; all other mistakes are refused at once. Which is
 * which was observed on AWS by the conformance suite of paritysuite (pull requests 46 and 60) and is listed in the documentation of
 * TransactionCanceledException.
 */
const REASONS =
  /does not match the schema|Missing the key|Type mismatch|incorrect data type|exceeded the maximum allowed size|overflow|underflow|document path|attribute that does not exist in the item|secondary index key/;
const NOT_A_REASON = /cannot contain an empty/;

export interface TransactionPorts {
  readonly embedded: Embedded;
  readonly locks: Locks;
  readonly commits: Commits;
  readonly writes: Writes;
  readonly timers: Timers;
  /** @throws ServiceError ResourceNotFoundException. */
  readonly table: (name: string) => LocalTable;
}

export class Transactions {
  readonly #ports: TransactionPorts;
  /** Those that have taken place, the oldest first. */
  readonly #tokens = new Map<string, { readonly fingerprint: string; readonly since: number }>();

  constructor(ports: TransactionPorts) {
    this.#ports = ports;
  }

  /** @throws ServiceError TransactionCanceledException, IdempotentParameterMismatchException and others. */
  async write(input: JsonObject): Promise<object> {
    const { actions, token: text, capacity } = parseTransactWrite(input);
    const fingerprint = createHash('sha256').update(JSON.stringify(actions)).digest('base64');
    const token = text === undefined ? undefined : { text, fingerprint };
    return this.#ports.locks.alone(async () => {
      if (token !== undefined && this.#hasTakenPlace(token)) return consumed(capacity, []);
      const tables = actions.map(({ table }) => this.#ports.table(table));
      checkDistinct(actions.map(({ key }, index) => tables[index] && lockName(tables[index], key)));
      const done = await this.#all(actions, tables, capacity);
      const changes = done.flatMap(({ change }) => change ?? []);
      this.#ports.commits.commit(changes, token);
      if (token !== undefined) this.remember(token);
      return consumed(
        capacity,
        done.map(({ answer }) => answer),
      );
    });
  }

  async get(input: JsonObject): Promise<object> {
    const { gets, capacity } = parseTransactGet(input);
    return this.#ports.locks.alone(async () => {
      checkDistinct(gets.map(({ table, key }) => lockName(this.#ports.table(table), key)));
      const answers: EmbeddedAnswer[] = [];
      for (const { input: get } of gets)
        answers.push(
          await this.#ports.embedded.call('GetItem', {
            ...get,
            ...(capacity && { ReturnConsumedCapacity: capacity }),
            ConsistentRead: true,
          }),
        );
      cancelOnFailure(answers.map((answer) => reasonOf(answer)));
      const responses = answers.map(({ body }) => {
        const { Item: item } = JSON.parse(body) as { readonly Item?: JsonObject };
        return item === undefined ? {} : { Item: item };
      });
      return { Responses: responses, ...consumed(capacity, answers) };
    });
  }

  /** That a transaction has taken place. */
  remember({ text, fingerprint }: TransactionToken): void {
    const now = this.#ports.timers.now();
    for (const [old, { since }] of this.#tokens) {
      if (since > now - TOKEN_MILLIS) break;
      this.#tokens.delete(old);
    }
    this.#tokens.set(text, { fingerprint, since: now });
  }

  /** Those that a restart must not forget. */
  tokens(): readonly TransactionToken[] {
    return [...this.#tokens].map(([text, { fingerprint }]) => ({ text, fingerprint }));
  }

  #hasTakenPlace({ text, fingerprint }: TransactionToken): boolean {
    const found = this.#tokens.get(text);
    if (found === undefined || found.since <= this.#ports.timers.now() - TOKEN_MILLIS) return false;
    if (found.fingerprint === fingerprint) return true;
    throw new ServiceError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }

  /** All of them, or none. */
  async #all(
    actions: readonly TransactionAction[],
    tables: readonly LocalTable[],
    capacity: Capacity,
  ): Promise<readonly Written[]> {
    const done: Written[] = [];
    const reasons: CancellationReason[] = [];
    try {
      for (const [index, action] of actions.entries()) {
        const table = tables[index];
        if (table === undefined) continue;
        const written = await this.#perform(action, table, capacity);
        done.push(written);
        const reason = reasonOf(written.answer);
        const item =
          reason.Code === 'ConditionalCheckFailed' && action.showsItem
            ? await storedItem(this.#ports.embedded, table, action.key)
            : undefined;
        reasons.push(item === undefined ? reason : { ...reason, Item: item });
      }
      cancelOnFailure(reasons);
      return done;
    } catch (error) {
      for (const { change } of done) if (change !== undefined) await this.#putBack(change);
      throw error;
    }
  }

  /** A check is a write that changes nothing: the item as it is, or the deletion of what is not there. */
  async #perform(
    { operation, input: asked, key }: TransactionAction,
    table: LocalTable,
    capacity: Capacity,
  ): Promise<Written> {
    const input: JsonObject = { ...asked, ...(capacity && { ReturnConsumedCapacity: capacity }) };
    if (operation !== 'ConditionCheck') return this.#ports.writes.perform(operation, input, table);
    if (lockName(table, key) === undefined)
      return { answer: await this.#ports.embedded.call('DeleteItem', input) };
    const found = await this.#ports.embedded.call('GetItem', { TableName: table.name, Key: key });
    const item =
      found.status === 200 ? (JSON.parse(found.body) as { readonly Item?: JsonObject }).Item : undefined;
    if (item === undefined) return { answer: await this.#ports.embedded.call('DeleteItem', input) };
    const { Key: _, ...condition } = input;
    return { answer: await this.#ports.embedded.call('PutItem', { ...condition, Item: item }) };
  }

  async #putBack({ table, keys, oldImage }: ItemChange): Promise<void> {
    if (oldImage === undefined)
      await succeed(this.#ports.embedded, 'DeleteItem', { TableName: table.name, Key: keys });
    else await succeed(this.#ports.embedded, 'PutItem', { TableName: table.name, Item: oldImage });
  }
}

function checkDistinct(items: readonly (string | undefined)[]): void {
  const named = items.filter((item) => item !== undefined);
  if (new Set(named).size < named.length)
    throw new ServiceError(
      'ValidationException',
      'Transaction request cannot include multiple operations on one item',
    );
}

/** @throws ServiceError where the request itself is at fault. */
function reasonOf(answer: EmbeddedAnswer): CancellationReason {
  if (answer.status === 200) return NO_REASON;
  const { name, message } = refusalOf(answer);
  if (name === 'ConditionalCheckFailedException')
    return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  if (name === 'ValidationException' && REASONS.test(message) && !NOT_A_REASON.test(message))
    return { Code: 'ValidationError', Message: message };
  throw new ServiceError(name, message, answer.status);
}

function cancelOnFailure(reasons: readonly CancellationReason[]): void {
  if (reasons.every((reason) => reason === NO_REASON)) return;
  const codes = reasons.map(({ Code: code }) => code).join(', ');
  throw new ServiceError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}
