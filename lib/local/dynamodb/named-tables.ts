// A table may be named by its ARN, wherever a request names one. Behind the front it has its name alone; an answer calls it as it was asked.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
import { isJsonObject, type JsonObject } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';

const TABLE_ARN = /^arn:[^:]*:dynamodb:.*:table\/(?<name>[\w.-]+)$/;

/** Members of an answer that have a member for each table. */
const BY_TABLE = ['Responses', 'UnprocessedKeys', 'UnprocessedItems', 'ItemCollectionMetrics'];

/** @throws ServiceError ValidationException where one table is named in two ways. */
export function withTableNames(input: JsonObject): JsonObject {
  const { TableName: name, TransactItems: actions, RequestItems: byTable = null } = input;
  return {
    ...input,
    ...(typeof name === 'string' && { TableName: tableName(name) }),
    ...(Array.isArray(actions) && { TransactItems: actions.map(eachNamed) }),
    ...(isJsonObject(byTable) && { RequestItems: byName(byTable) }),
  };
}

/** The body of an answer, its tables called as the request does. */
export function asAsked({ RequestItems: byTable = null }: JsonObject, body: string): string {
  const given = isJsonObject(byTable) ? Object.keys(byTable) : [];
  const calls = new Map(given.map((name) => [tableName(name), name]));
  if ([...calls].every(([name, call]) => name === call)) return body;
  const answer = JSON.parse(body) as JsonObject;
  const renamed = BY_TABLE.flatMap((member) => {
    const tables = answer[member] ?? null;
    return isJsonObject(tables)
      ? [
          [
            member,
            Object.fromEntries(Object.entries(tables).map(([name, of]) => [calls.get(name) ?? name, of])),
          ],
        ]
      : [];
  });
  return JSON.stringify({ ...answer, ...(Object.fromEntries(renamed) as JsonObject) });
}

function tableName(nameOrArn: string): string {
  return TABLE_ARN.exec(nameOrArn)?.groups?.['name'] ?? nameOrArn;
}

/** One action of a transaction: `{ Put: { TableName, … } }`. */
function eachNamed(action: JsonObject[string]): JsonObject[string] {
  if (!isJsonObject(action)) return action;
  return Object.fromEntries(
    Object.entries(action).map(([kind, asked]) => {
      const name = isJsonObject(asked) ? asked['TableName'] : undefined;
      return [
        kind,
        isJsonObject(asked) && typeof name === 'string' ? { ...asked, TableName: tableName(name) } : asked,
      ];
    }),
  );
}

function byName(byTable: JsonObject): JsonObject {
  const named = Object.fromEntries(Object.entries(byTable).map(([name, of]) => [tableName(name), of]));
  if (Object.keys(named).length < Object.keys(byTable).length)
    throw new ServiceError(
      'ValidationException',
      'A table is named twice in RequestItems, by its name and by its ARN.',
    );
  return named;
}
