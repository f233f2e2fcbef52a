// Amazon DynamoDB as clients see it. Whatever reads or writes items goes to the database behind the front, in its own words.
import { crc32 } from 'node:zlib';
import { isJsonObject, type JsonObject } from '../asl/json.ts';
import { jsonRefusal } from '../gateway/json-service.ts';
import { parseJson } from '../gateway/parse-input.ts';
import type { Answer, Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Json } from '../asl/json.ts';
import type { Embedded, EmbeddedAnswer } from './embedded.ts';
import { checkExpressions } from './expressions.ts';
import type { Locks } from './locks.ts';
import { asAsked, withTableNames } from './named-tables.ts';
import { checkOptions } from './options.ts';
import { tableNameOf } from './table-definition.ts';
import type { TableOperations } from './table-operations.ts';
import type { TableRegister } from './table-register.ts';
import type { Transactions } from './transactions.ts';
import { lockName, type WriteOperation, type Writes } from './writes.ts';

const CONTENT_TYPE = { 'content-type': 'application/x-amz-json-1.0' };

/** Of the tables, and of their streams, of which clients can call nothing here. */
const TARGET = /^DynamoDB(?:Streams)?_20120810\.(?<operation>\w+)$/;

export interface TablesServicePorts {
  readonly embedded: Embedded;
  readonly locks: Locks;
  readonly register: TableRegister;
  readonly writes: Writes;
  readonly batchWrite: (input: JsonObject) => Promise<EmbeddedAnswer>;
  readonly transactions: Transactions;
  readonly operations: TableOperations;
  /** Until what a journal has told of tables is there. */
  readonly ready: () => Promise<void>;
}

type Operation = (input: JsonObject) => Promise<EmbeddedAnswer> | Promise<object> | object;

export function tablesService(ports: TablesServicePorts): Service {
  const operations = operationsOf(ports);
  return {
    signingName: 'dynamodb',
    title: 'Amazon DynamoDB',
    operations: [...operations.keys()],
    operationOf: ({ headers: { 'x-amz-target': target = '' } }) => TARGET.exec(target)?.groups?.['operation'],
    async answer(name, { body }): Promise<Answer | undefined> {
      const operation = operations.get(name);
      if (operation === undefined) return undefined;
      const parsed = parseJson(body) as Json;
      if (!isJsonObject(parsed))
        throw new ServiceError('SerializationException', 'The request is not a JSON object.');
      const input = withTableNames(parsed);
      checkOptions(name, input);
      checkExpressions(input);
      await ports.ready();
      const answered = await operation(input);
      const { status, body: told } = isEmbeddedAnswer(answered)
        ? answered
        : { status: 200, body: JSON.stringify(answered) };
      const text = status === 200 ? asAsked(parsed, told) : told;
      return { status, headers: { ...CONTENT_TYPE, 'x-amz-crc32': String(crc32(text)) }, body: text };
    },
    refusal: (error) => jsonRefusal(error, CONTENT_TYPE),
  };
}

function operationsOf(ports: TablesServicePorts): ReadonlyMap<string, Operation> {
  const { embedded, locks, register, writes, transactions, operations: tables } = ports;
  const write =
    (operation: WriteOperation): Operation =>
    (input) =>
      writes.write(operation, input, register.find(tableNameOf(input)));
  /** What is read is written down when it is answered, or is not answered: a kill does not take back what somebody has seen. */
  const read =
    (operation: string): Operation =>
    async (input) => {
      const answer = await locks.shared(() => embedded.call(operation, input));
      const table = operation === 'GetItem' ? register.find(tableNameOf(input)) : undefined;
      await locks.written(table && lockName(table, input['Key']));
      return answer;
    };
  return new Map<string, Operation>([
    ['PutItem', write('PutItem')],
    ['UpdateItem', write('UpdateItem')],
    ['DeleteItem', write('DeleteItem')],
    ['BatchWriteItem', ports.batchWrite],
    ['GetItem', read('GetItem')],
    ['BatchGetItem', read('BatchGetItem')],
    ['Query', read('Query')],
    ['Scan', read('Scan')],
    ['TransactWriteItems', (input) => transactions.write(input)],
    ['TransactGetItems', (input) => transactions.get(input)],
    ['CreateTable', (input) => tables.create(input)],
    ['UpdateTable', (input) => tables.update(input)],
    ['DeleteTable', (input) => tables.delete(input)],
    ['DescribeTable', (input) => tables.describe(input)],
    ['ListTables', (input) => embedded.call('ListTables', input)],
    ['DescribeTimeToLive', (input) => tables.describeTimeToLive(input)],
    ['UpdateTimeToLive', (input) => tables.updateTimeToLive(input)],
    ['TagResource', (input) => tables.tag(input)],
    ['UntagResource', (input) => tables.untag(input)],
    ['ListTagsOfResource', (input) => tables.tags(input)],
  ]);
}

function isEmbeddedAnswer(answered: object): answered is EmbeddedAnswer {
  return 'status' in answered && 'body' in answered;
}
