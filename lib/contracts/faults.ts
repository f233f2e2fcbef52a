/**
 * Names under which a Task of a journey's state machine fails. One list, read by the compiler (Retry and Catch) and by the
 * functions (what they throw), so that both cannot drift apart.
 *
 * Decisions leave a Task by name as well: the usual path needs no Choice (each transition costs money), and a decision is
 * never retried. Every other name is a fault, retried with patience and finally told to the customer document.
 */

/** The send must wait; the message is `{ "until": instant }` as JSON. */
export const DEFERRED = 'Deferred';
/** The run is over (exit, goal, erasure) or unknown: the execution ends quietly. */
export const RUN_ENDED = 'RunEnded';
/** The journey is paused and the step waits until it is live again: this execution ends, the run goes on in a later leg. */
export const HELD = 'Held';
/** The run rests or goes on without this execution, in a later leg; this one ends quietly. */
export const LEG_ENDED = 'LegEnded';
/** Every name by which a decision ends an execution; each Task catches them all. */
export const EXECUTION_ENDS: readonly string[] = [RUN_ENDED, HELD, LEG_ENDED];

/** Error of an execution that Wend itself has stopped: its status event tells the document nothing new. */
export const STOPPED = 'Wend.Stopped';

/** The end of the wait has moved; the message is `{ "plan": Plan, "loop": Loop }` as JSON, and the wait begins anew with them. */
export const MOVED = 'Moved';
/** The date that the wait was to end by is past or missing; the message is `{ "plan": Plan }` as JSON. */
export const PAST = 'Past';

/** The event of arm `index` had won before the time-out was decided; the message is `{ "plan": Plan, "loop": Loop }` as JSON. */
export function armWon(index: number): string {
  return `Arm.${index}`;
}

/** Thrown by a use case to leave a Task by a decision; `name` is what Step Functions matches. */
export class DecisionLeaves extends Error {
  readonly details: unknown;
  constructor(name: string, details: unknown = {}) {
    super(JSON.stringify(details));
    this.name = name;
    this.details = details;
  }
}

/** A fault with an explicit name. Its message says what to do and holds no personal data, values or stack. */
export class Fault extends Error {
  constructor(name: FaultName, message: string) {
    super(message);
    this.name = name;
  }
}

const FAULT_NAMES = [
  'DocumentConflict',
  'DocumentNotUnderstood',
  'DocumentTooLarge',
  'TableUnavailable',
  'TableRefused',
  'UnknownVersion',
  'UnknownStep',
  'MessageNotRendered',
  'ProviderUnavailable',
  'CallUnavailable',
  'SecretUnavailable',
  'BusUnavailable',
  'PayloadNotUnderstood',
  'StartThrottled',
  'QueueUnavailable',
  'MessageUnknown',
  'AudienceUnavailable',
  'UnknownEvent',
  'DeploymentUnderWay',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];
