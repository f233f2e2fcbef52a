// One state of a definition, by type, with the fields that AWS documents for it in JSONata.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html and https://states-language.net/spec.html
import { isObject } from '../json.ts';
import { limits } from '../limits.ts';
import type { ChoiceRule, Graph, State } from '../machine.ts';
import { parseResource } from '../resource.ts';
import type { Template } from '../template.ts';
import { Fields, inBounds } from './fields.ts';
import { parseCatch, parseEffects, parseRetry } from './parse-handlers.ts';

/** What holds for all states of one machine, however deeply nested. */
export interface Scope {
  readonly language: 'JSONata' | 'JSONPath';
  /** State names and where they are; AWS wants them unique in the whole machine. */
  readonly names: Map<string, string>;
  /** Reads the StartAt and States of a branch or an item processor. */
  readonly parseGraph: (fields: Fields) => Graph | undefined;
}

const types = ['Pass', 'Task', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed', 'Fail'] as const;

/** undefined, with problems, when the state cannot be understood. */
export function parseState(name: string, fields: Fields, scope: Scope): State | undefined {
  if (!fields.has('Type')) fields.problem('Type is missing.');
  const type = fields.oneOf('Type', types);
  const language = fields.oneOf('QueryLanguage', ['JSONata', 'JSONPath']) ?? scope.language;
  fields.text('Comment');
  if (language === 'JSONPath' && !isNeutral(fields)) {
    fields.problem(
      'The QueryLanguage JSONPath (the default) is not supported; set QueryLanguage to JSONata.',
    );
    return undefined;
  }
  if (type === undefined) return undefined;
  const state = readState(type, name, fields, scope);
  fields.finish(`a ${type} state`);
  return state;
}

const neutralFields: ReadonlySet<string> = new Set(
  'Type QueryLanguage Comment Next End Seconds Timestamp Error Cause Assign'.split(' '),
);

/** Whether the state means the same in both languages, having no field and no value in which they differ. */
function isNeutral(fields: Fields): boolean {
  return fields.names().every((name) => neutralFields.has(name) && isSameInBoth(fields.value(name)));
}

function isSameInBoth(value: unknown): boolean {
  if (typeof value === 'string') return !value.startsWith('{%');
  if (Array.isArray(value)) return value.every(isSameInBoth);
  if (!isObject(value)) return true;
  return Object.entries(value).every(([key, member]) => !key.endsWith('.$') && isSameInBoth(member));
}

function readState(
  type: (typeof types)[number],
  name: string,
  fields: Fields,
  scope: Scope,
): State | undefined {
  switch (type) {
    case 'Pass':
      return { type, name, next: next(fields), ...parseEffects(fields) };
    case 'Succeed':
      return { type, name, output: fields.template('Output') };
    case 'Fail':
      return { type, name, error: text(fields, 'Error'), cause: text(fields, 'Cause') };
    case 'Choice':
      return {
        type,
        name,
        choices: choices(fields),
        default: fields.text('Default'),
        ...parseEffects(fields),
      };
    case 'Wait': {
      const until = waitUntil(fields);
      const common = { next: next(fields), ...parseEffects(fields) };
      return until && { type, name, until, ...common };
    }
    case 'Task':
      return task(name, fields);
    case 'Parallel':
      return parallel(name, fields, scope);
    case 'Map':
      return map(name, fields, scope);
  }
}

function next(fields: Fields): string | undefined {
  const target = fields.text('Next');
  const end = fields.flag('End');
  if (fields.has('Next') === end)
    fields.problem(end ? 'Next and End exclude each other.' : 'Next or End is missing.');
  return target;
}

function text(fields: Fields, field: string): Template | undefined {
  return fields.typed(field, (value) => typeof value === 'string', 'A text');
}

function seconds(fields: Fields, field: string, min: number): Template | undefined {
  const bounds = { min, max: limits.seconds, whole: true };
  return fields.typed(
    field,
    (value) => typeof value === 'number' && inBounds(value, bounds),
    `A whole number of seconds from ${min} to ${limits.seconds}`,
  );
}

function choices(fields: Fields): ChoiceRule[] {
  const rules = fields.array('Choices');
  if (rules === undefined || rules.length === 0) fields.problem('Choices needs at least one rule.');
  return (rules ?? []).flatMap((value, index) => {
    const rule = Fields.of(value, `${fields.path}/Choices/${index}`, fields.problems);
    if (rule === undefined) return [];
    rule.text('Comment');
    const prefix = `Choices[${index}]/`;
    const condition = rule.typed('Condition', (given) => typeof given === 'boolean', 'true, false', prefix);
    const target = rule.requiredText('Next');
    const effects = parseEffects(rule, [], prefix);
    rule.finish('a choice rule in JSONata');
    if (!rule.has('Condition')) rule.problem('Condition is missing.');
    return condition === undefined ? [] : [{ condition, next: target, ...effects }];
  });
}

function waitUntil(fields: Fields) {
  const given = (['Seconds', 'Timestamp'] as const).filter((field) => fields.has(field));
  const [field] = given;
  if (field === undefined || given.length > 1) {
    fields.value('Seconds');
    fields.value('Timestamp');
    fields.problem('A Wait state has either Seconds or Timestamp.');
    return undefined;
  }
  const value = field === 'Seconds' ? seconds(fields, field, 0) : text(fields, field);
  return value && { field, value };
}

function task(name: string, fields: Fields): State | undefined {
  const arn = fields.requiredText('Resource');
  const resource = parseResource(arn);
  if (resource === undefined && arn !== '')
    fields.problem(`The resource '${arn}' is not supported.`, 'Resource');
  const state = {
    type: 'Task' as const,
    name,
    arguments: fields.template('Arguments'),
    timeoutSeconds: seconds(fields, 'TimeoutSeconds', 1),
    heartbeatSeconds: heartbeat(fields),
    next: next(fields),
    ...parseEffects(fields, ['result']),
    retry: parseRetry(fields),
    catch: parseCatch(fields),
  };
  return resource && { ...state, resource };
}

/** Where both are constants, a heartbeat is due before the task times out. */
function heartbeat(fields: Fields): Template | undefined {
  const [timeout, given] = [fields.value('TimeoutSeconds'), fields.value('HeartbeatSeconds')];
  if (typeof timeout === 'number' && typeof given === 'number' && given >= timeout) {
    fields.problem('HeartbeatSeconds must be smaller than TimeoutSeconds.', 'HeartbeatSeconds');
  }
  return seconds(fields, 'HeartbeatSeconds', 1);
}

function parallel(name: string, fields: Fields, scope: Scope): State {
  const branches = (fields.array('Branches') ?? []).flatMap((value, index) => {
    const branch = Fields.of(value, `${fields.path}/Branches/${index}`, fields.problems);
    branch?.text('Comment');
    const graph = branch && scope.parseGraph(branch);
    branch?.finish('a branch');
    return graph === undefined ? [] : [graph];
  });
  if (branches.length === 0) fields.problem('Branches needs at least one branch.');
  return {
    type: 'Parallel',
    name,
    branches,
    arguments: fields.template('Arguments'),
    next: next(fields),
    ...parseEffects(fields, ['result']),
    retry: parseRetry(fields),
    catch: parseCatch(fields),
  };
}

function map(name: string, fields: Fields, scope: Scope): State | undefined {
  const processor = fields.object('ItemProcessor');
  processor?.text('Comment');
  const config = processor?.object('ProcessorConfig');
  const mode = config?.oneOf('Mode', ['INLINE', 'DISTRIBUTED']);
  if (mode === 'DISTRIBUTED') config?.oneOf('ExecutionType', ['STANDARD']);
  if (mode === 'DISTRIBUTED' && config?.has('ExecutionType') === false)
    config.problem('ExecutionType is missing.');
  config?.finish(`the ProcessorConfig of ${mode === 'DISTRIBUTED' ? 'a distributed' : 'an inline'} Map`);
  const label = mode === 'DISTRIBUTED' ? labelOf(name, fields) : undefined;
  const graph = processor && scope.parseGraph(processor);
  processor?.finish('an ItemProcessor');
  if (processor === undefined && !fields.has('Iterator')) fields.problem('ItemProcessor is missing.');
  const state = {
    type: 'Map' as const,
    name,
    items: items(fields),
    itemSelector: fields.template('ItemSelector'),
    maxConcurrency: count(fields, 'MaxConcurrency', Number.MAX_SAFE_INTEGER),
    toleratedFailureCount: count(fields, 'ToleratedFailureCount', Number.MAX_SAFE_INTEGER),
    toleratedFailurePercentage: count(fields, 'ToleratedFailurePercentage', 100, false),
    next: next(fields),
    ...parseEffects(fields, ['result']),
    retry: parseRetry(fields),
    catch: parseCatch(fields),
  };
  if (graph === undefined) return undefined;
  const machine = { comment: undefined, timeoutSeconds: undefined, graph };
  return { ...state, processor: graph, distributed: label === undefined ? undefined : { label, machine } };
}

/** AWS makes one up where none is given; here it follows from the state's name, so that it stays the same. */
function labelOf(state: string, fields: Fields): string {
  const label = fields.text('Label') ?? state.replaceAll(/[^\w-]/g, '').slice(0, limits.labelCharacters);
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u.test(label) || label.length > limits.labelCharacters)
    fields.problem(
      `A label has 1 to ${limits.labelCharacters} characters, none of them white space, wildcard, bracket or special.`,
      'Label',
    );
  return label;
}

function items(fields: Fields): Template | undefined {
  const value = fields.value('Items');
  if (Array.isArray(value)) return fields.template('Items');
  return fields.typed('Items', () => false, 'An array');
}

function count(fields: Fields, field: string, max: number, whole = true): Template | undefined {
  return fields.typed(
    field,
    (value) => typeof value === 'number' && inBounds(value, { min: 0, max, whole }),
    `A ${whole ? 'whole ' : ''}number from 0`,
  );
}
