// AWS's service quotas for Standard workflows, as far as a running state machine can meet them.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html and the field tables of the states.

const DAY = 24 * 60 * 60 * 1000;

export const limits = {
  definitionBytes: 1_048_576,
  /** Input or output of a state, a task or an execution; also one variable, and all variables of one Assign. */
  payloadBytes: 262_144,
  /** All variables of an execution. */
  variablesBytes: 10_485_760,
  /** The event that ends the execution is number 25,000 itself. */
  historyEvents: 25_000,
  /** Milliseconds; AWS ends an older execution as timed out. */
  executionAge: 365 * DAY,
  nameCharacters: 80,
  /** Of a Distributed Map. */
  labelCharacters: 40,
  variableNameCharacters: 80,
  /** Seconds of a wait, a time-out, a heartbeat, a retry interval. */
  seconds: 99_999_999,
  /** Seconds: a retrier's MaxDelaySeconds, one year. */
  maxDelaySeconds: 31_622_400,
  maxAttempts: 99_999_999,
  inlineMapConcurrency: 40,
  errorCharacters: 256,
  causeCharacters: 32_768,
} as const;
