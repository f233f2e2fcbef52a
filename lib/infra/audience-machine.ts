/**
 * The state machine that asks all customers: a Distributed Map over the parts of the index of customers, each part a child execution
 * that calls `tell-customers` page by page until the part is done. The same for every deployment; its golden file is
 * tests/infra/audience-machine.json.
 *
 * A part that fails does not stop the others: after its retries it ends with its cursor, and a second Map goes on with what is left,
 * with the patience of hours. What still fails then fails the execution, visibly; redriven, it goes on with those parts, at their cursors.
 * (A failure that a Map tolerates cannot be redriven any more, which is why none is.)
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
import { INVOKE, PATIENCE } from '#lib/compiler/lower/task.ts';
import { AUDIENCE_CONCURRENCY } from '#lib/contracts/audience.ts';
import { CUSTOMER_SHARDS } from '#lib/contracts/profiles-table.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Labels of the two Maps: the names of their executions contain them, and so do the rights to redrive these. */
export const AUDIENCE_MAPS = { all: 'all', left: 'left' } as const;

/** Where the definition says it, the deployment puts the function's ARN. */
export const TELL_CUSTOMERS = '${TellCustomers}';

/**
 * Of a part in the first Map: 2 s, doubling to five minutes, 12 times. That is at most half an hour, so that a short outage passes
 * unnoticed and a part that cannot be read at all does not keep a place from the others for longer.
 */
const BRIEF_PATIENCE = { ...PATIENCE, MaxAttempts: 12, MaxDelaySeconds: 300 };
/** Of who is left: hours, as every Task of a journey. */
const LONG_PATIENCE = { ...PATIENCE };

/** What asking again does not change. */
const NEVER_AGAIN = { ErrorEquals: ['UnknownEvent', 'PayloadNotUnderstood'], MaxAttempts: 0 };

/** Seconds after which a call is given up: more than the function's own time-out of five minutes. */
const CALL_SECONDS = 330;

/** The definition as JSON. Children are Standard executions: they last as long as they need, and a redrive goes on in the page that failed. */
export function audienceMachine(): Json {
  return {
    Comment: 'Asks all customers; see docs/reaching-everybody.md',
    QueryLanguage: 'JSONata',
    StartAt: 'Ask everybody',
    States: {
      'Ask everybody': {
        Type: 'Map',
        Label: AUDIENCE_MAPS.all,
        Items: [...CUSTOMER_SHARDS],
        ItemSelector: {
          input: '{% $states.context.Execution.Input %}',
          shard: '{% $states.context.Map.Item.Value %}',
          cursor: null,
          asked: 0,
          starts: 0,
          untold: 0,
        },
        MaxConcurrency: AUDIENCE_CONCURRENCY,
        ItemProcessor: askingPart('Ask a page', {
          Retry: [NEVER_AGAIN, BRIEF_PATIENCE],
          Catch: [
            {
              ErrorEquals: ['States.ALL'],
              Output: "{% $merge([$states.input, { 'left': true, 'error': $states.errorOutput.Error }]) %}",
              Next: 'Ask a page: left',
            },
          ],
        }),
        Next: 'Is anybody left?',
      },
      'Is anybody left?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $count($states.input[$exists(left)]) > 0 %}', Next: 'Ask who is left' }],
        Default: 'Everybody was asked',
      },
      'Ask who is left': {
        Type: 'Map',
        Label: AUDIENCE_MAPS.left,
        Items: '{% [$states.input[$exists(left)]] %}',
        ItemSelector: {
          input: '{% $states.context.Execution.Input %}',
          shard: '{% $states.context.Map.Item.Value.shard %}',
          cursor: '{% $states.context.Map.Item.Value.cursor %}',
          asked: '{% $states.context.Map.Item.Value.asked %}',
          starts: '{% $states.context.Map.Item.Value.starts %}',
          untold: '{% $states.context.Map.Item.Value.untold %}',
        },
        MaxConcurrency: AUDIENCE_CONCURRENCY,
        ItemProcessor: askingPart('Ask a page again', { Retry: [NEVER_AGAIN, LONG_PATIENCE] }),
        Output: '{% $append($states.input[$not($exists(left))], $states.result) %}',
        Next: 'Everybody was asked',
      },
      'Everybody was asked': {
        Type: 'Succeed',
        Output: {
          asked: '{% $sum($states.input.asked) %}',
          starts: '{% $sum($states.input.starts) %}',
          untold: '{% $sum($states.input.untold) %}',
        },
      },
    },
  };
}

/** A page, and again while there is a cursor. The state's input carries the counts: they are all that is left of a part. */
function askingPart(page: string, onFailure: { readonly [key: string]: Json }): Json {
  const more = `${page}: more?`;
  const done = `${page}: done`;
  return {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: page,
    States: {
      [page]: {
        Type: 'Task',
        Resource: INVOKE,
        TimeoutSeconds: CALL_SECONDS,
        Arguments: {
          FunctionName: TELL_CUSTOMERS,
          Payload: {
            input: '{% $states.input.input %}',
            shard: '{% $states.input.shard %}',
            cursor: '{% $states.input.cursor %}',
          },
        },
        Output: {
          input: '{% $states.input.input %}',
          shard: '{% $states.input.shard %}',
          cursor: '{% $states.result.Payload.cursor %}',
          asked: '{% $states.input.asked + $states.result.Payload.asked %}',
          starts: '{% $states.input.starts + $states.result.Payload.starts %}',
          untold: '{% $states.input.untold + $states.result.Payload.untold %}',
        },
        ...onFailure,
        Next: more,
      },
      [more]: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.cursor != null %}', Next: page }],
        Default: done,
      },
      [done]: { Type: 'Succeed', Output: counts(false) },
      ...('Catch' in onFailure ? { [`${page}: left`]: { Type: 'Succeed', Output: counts(true) } } : {}),
    },
  };
}

/** What a part answers: few bytes, because the answers of all of them are one state's output (256 KiB at most). */
function counts(left: boolean): Json {
  return {
    shard: '{% $states.input.shard %}',
    ...(left
      ? {
          left: true,
          error: '{% $states.input.error %}',
          cursor: '{% $states.input.cursor %}',
        }
      : {}),
    asked: '{% $states.input.asked %}',
    starts: '{% $states.input.starts %}',
    untold: '{% $states.input.untold %}',
  };
}
