// Output, Assign, Retry and Catch: the fields that several states share.
import { stateErrors } from '../failure.ts';
import { limits } from '../limits.ts';
import type { Catcher, Effects, Retrier } from '../machine.ts';
import { type Available, Fields } from './fields.ts';

/** Output and Assign of a state, a choice rule or a catcher; `prefix` names the rule in AWS's notation. */
export function parseEffects(fields: Fields, available: Available = [], prefix = ''): Effects {
  const output = fields.template('Output', available, prefix);
  const variables = fields.object('Assign');
  const assign = (variables?.names() ?? []).flatMap((name) => {
    if (variables === undefined) return [];
    if (name === 'states') variables.problem('The variable states is reserved.', name);
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name) || name.length > limits.variableNameCharacters) {
      variables.problem(
        `A variable name is an identifier of at most ${limits.variableNameCharacters} characters.`,
        name,
      );
    }
    const value = variables.template(name, available, `${prefix}Assign/`);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { output, assign };
}

export function parseRetry(fields: Fields): Retrier[] {
  return list(fields, 'Retry', (retrier) => {
    const interval = retrier.number('IntervalSeconds', { min: 0, max: limits.seconds, whole: true });
    const maxDelay = retrier.number('MaxDelaySeconds', { min: 1, max: limits.maxDelaySeconds, whole: true });
    const intervalSeconds = interval ?? 1;
    if (maxDelay !== undefined && maxDelay <= intervalSeconds) {
      retrier.problem('MaxDelaySeconds must be greater than IntervalSeconds.', 'MaxDelaySeconds');
    }
    return {
      errorEquals: errorEquals(retrier),
      intervalSeconds,
      maxAttempts: retrier.number('MaxAttempts', { min: 0, max: limits.maxAttempts, whole: true }) ?? 3,
      backoffRate: retrier.number('BackoffRate', { min: 1, max: Number.MAX_VALUE, whole: false }) ?? 2,
      maxDelaySeconds: maxDelay,
      jitter: retrier.oneOf('JitterStrategy', ['FULL', 'NONE']) === 'FULL',
    };
  });
}

export function parseCatch(fields: Fields): Catcher[] {
  return list(fields, 'Catch', (catcher, index) => ({
    errorEquals: errorEquals(catcher),
    next: catcher.requiredText('Next'),
    ...parseEffects(catcher, ['errorOutput'], `Catch[${index}]/`),
  }));
}

function list<T extends { readonly errorEquals: readonly string[] }>(
  fields: Fields,
  field: 'Retry' | 'Catch',
  read: (entry: Fields, index: number) => T,
): T[] {
  const values = fields.array(field) ?? [];
  return values.flatMap((value, index) => {
    const entry = Fields.of(value, `${fields.path}/${field}/${index}`, fields.problems);
    if (entry === undefined) return [];
    entry.text('Comment');
    const parsed = read(entry, index);
    entry.finish(field === 'Retry' ? 'a retrier' : 'a catcher in JSONata');
    if (
      parsed.errorEquals.includes(stateErrors.all) &&
      (parsed.errorEquals.length > 1 || index < values.length - 1)
    ) {
      entry.problem(`${stateErrors.all} must stand alone, in the last entry of ${field}.`, 'ErrorEquals');
    }
    return [parsed];
  });
}

function errorEquals(fields: Fields): string[] {
  const names = fields.array('ErrorEquals') ?? [];
  if (names.length === 0) fields.problem('ErrorEquals needs at least one error name.');
  if (names.some((name) => typeof name !== 'string')) fields.problem('Error names are texts.', 'ErrorEquals');
  return names.filter((name) => typeof name === 'string');
}
