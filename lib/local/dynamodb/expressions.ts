// Expressions at which the database behind the front stumbles, so that the process ends. dynalite 4 compares in three places with an
// attribute that an item may not have as if it were there (whether it has, nobody can know beforehand), and puts a map into itself.
import { isObject, type Json, type JsonObject } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';

const OPERAND = String.raw`(?:\w+\s*\([^)]*\)|[^\s,()]+)`;
/** Not followed by a value of the request. */
const ATTRIBUTE = String.raw`\s*(?!\s|:)`;

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['begins_with', new RegExp(String.raw`begins_with\s*\(\s*${OPERAND}\s*,${ATTRIBUTE}`)],
  ['BETWEEN', new RegExp(String.raw`\bBETWEEN\b(?:${ATTRIBUTE}|\s*${OPERAND}\s+AND\b${ATTRIBUTE})`, 'i')],
  ['IN', new RegExp(String.raw`\bIN\s*\((?:[^)]*,)?${ATTRIBUTE}[^)]`, 'i')],
];

/** @throws ServiceError NotImplemented that names what is compared with an attribute. */
export function checkExpressions(input: JsonObject): void {
  for (const name of ['ConditionExpression', 'FilterExpression']) {
    const expression = input[name];
    if (typeof expression !== 'string') continue;
    for (const [operator, pattern] of REFUSED)
      if (pattern.test(expression))
        throw new ServiceError(
          'NotImplemented',
          `The local cloud does not have ${operator} with another attribute in expressions of Amazon DynamoDB; give the value as one of ExpressionAttributeValues.`,
          501,
        );
  }
  const update = input['UpdateExpression'];
  if (typeof update === 'string' && putsIntoItself(update, input['ExpressionAttributeNames']))
    throw new ServiceError(
      'NotImplemented',
      'The local cloud does not have updates of Amazon DynamoDB that set a part of an attribute to the attribute itself.',
      501,
    );
}

const ASSIGNMENT =
  /(?<target>[\w#.[\]]+)\s*=\s*(?<value>.*?)(?=,\s*[\w#.[\]]+\s*=|\s(?:REMOVE|ADD|DELETE)\s|$)/gis;
const PATH = /(?<![\w:#.\]])[\w#][\w#.[\]]*(?!\s*\(|[\w#.[\]])/g;

/** `SET a.b = a` */
function putsIntoItself(update: string, names: Json | undefined): boolean {
  const named = update.replaceAll(/#\w+/g, (name) => {
    const found = isObject(names) ? names[name] : undefined;
    return typeof found === 'string' && /^\w+$/.test(found) ? found : name;
  });
  for (const { groups: { target = '', value = '' } = {} } of named.matchAll(ASSIGNMENT))
    for (const [path] of value.matchAll(PATH))
      if (target.startsWith(`${path}.`) || target.startsWith(`${path}[`)) return true;
  return false;
}
