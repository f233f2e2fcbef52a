// A journey as a state machine, of the form that is deployed: a message, a wait for an event with a time-out, a branch on
// what a function answered, a last message; decisions leave by Catch, everything else is tried again for hours.
import type { Json } from '#lib/local/asl/json.ts';

const patience = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxAttempts: 40,
  MaxDelaySeconds: 900,
};

const decisions = (...names: string[]) => [{ ErrorEquals: names, MaxAttempts: 0 }, patience];

const leaves = [
  { ErrorEquals: ['RunEnded'], Next: 'run ended' },
  { ErrorEquals: ['States.ALL'], Assign: { fault: '{% $states.errorOutput.Error %}' }, Next: 'run failed' },
];

const call = (FunctionName: string, Payload: Record<string, Json>) => ({
  FunctionName,
  Payload: {
    run: '{% $states.context.Execution.Input %}',
    attempt: '{% $states.context.State.RetryCount %}',
    ...Payload,
  },
});

const invoke = 'arn:aws:states:::lambda:invoke';
const wakeAt = '{% $parse($states.errorOutput.Cause).errorMessage %}';

export const winBack = {
  Comment: 'win-back@1',
  QueryLanguage: 'JSONata',
  StartAt: 'miss you',
  States: {
    'miss you': {
      Type: 'Task',
      Resource: invoke,
      Arguments: call('Send', { message: 'miss-you' }),
      Assign: { until: '{% $states.result.Payload.until %}' },
      Retry: decisions('Deferred', 'RunEnded'),
      Catch: [{ ErrorEquals: ['Deferred'], Assign: { wakeAt }, Next: 'miss you (deferred)' }, ...leaves],
      Next: 'came back',
    },
    'miss you (deferred)': { Type: 'Wait', Timestamp: '{% $wakeAt %}', Next: 'miss you' },
    'came back': {
      Type: 'Task',
      Resource: `${invoke}.waitForTaskToken`,
      TimeoutSeconds: '{% $max([1, $ceil(($toMillis($until) - $millis()) / 1000)]) %}',
      Arguments: call('Await', { token: '{% $states.context.Task.Token %}', until: '{% $until %}' }),
      Retry: decisions('RunEnded', 'States.Timeout'),
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'worth more (now)' }, ...leaves],
      Next: 'thanks',
    },
    'worth more (now)': {
      Type: 'Task',
      Resource: invoke,
      Arguments: call('Decide', { settle: 'came back' }),
      Assign: { case: '{% $states.result.Payload.case %}' },
      Retry: decisions('RunEnded'),
      Catch: leaves,
      Next: 'worth more',
    },
    'worth more': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $case = 0 %}', Next: 'offer' }],
      Default: 'run ended',
    },
    offer: {
      Type: 'Task',
      Resource: invoke,
      Arguments: call('Send', { message: 'offer', ends: true }),
      Retry: decisions('RunEnded'),
      Catch: leaves,
      End: true,
    },
    thanks: {
      Type: 'Task',
      Resource: invoke,
      Arguments: call('Send', { message: 'thanks', ends: true }),
      Retry: decisions('RunEnded'),
      Catch: leaves,
      End: true,
    },
    'run failed': {
      Type: 'Task',
      Resource: invoke,
      Arguments: call('End', { failed: '{% $fault %}' }),
      Retry: [patience],
      Next: 'failed',
    },
    failed: { Type: 'Fail', Error: '{% $fault %}' },
    'run ended': { Type: 'Succeed' },
  },
};
