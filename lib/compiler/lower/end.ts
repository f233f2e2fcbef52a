/** How a run ends: quietly, or, where no retry helped, after telling the document. */
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import { FAILED_STATE, RUN_ENDED_STATE, RUN_FAILED_STATE } from '../plan/state-names.ts';
import type { NamedStates } from './asl.ts';
import { EXECUTION_INPUT, expression } from './expressions.ts';
import { INVOKE, PATIENCE } from './task.ts';

/** For machines with Tasks: the state that tells the document that the run has failed, and the failure itself. */
export const FAILURE_STATES: NamedStates = [
  [
    RUN_FAILED_STATE,
    {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: {
        FunctionName: STEP_FUNCTIONS.end,
        Payload: { run: expression(EXECUTION_INPUT), failed: expression('$fault') },
      },
      Retry: [{ ...PATIENCE, IntervalSeconds: 5 }],
      // The execution must show the fault that broke the run, not that of the call that was to report it.
      Catch: [{ ErrorEquals: ['States.ALL'], Next: FAILED_STATE }],
      Next: FAILED_STATE,
    },
  ],
  [FAILED_STATE, { Type: 'Fail', Error: expression('$fault') }],
];

/** Where a path ends after a Choice, or a decision says that the run is over. */
export const ENDED_STATE: NamedStates = [[RUN_ENDED_STATE, { Type: 'Succeed' }]];
