/**
 * Every metric that functions write: one namespace, one dimension (`deployment`), and as few names as alarms and the dashboard need,
 * because each costs $0.30 a month for each deployment (https://aws.amazon.com/cloudwatch/pricing/). What can be counted from the
 * platform's own metrics (errors, ages of queues, throttles) has none here.
 */
export const METRIC_NAMESPACE = 'Wend';
export const METRIC_DIMENSION = 'deployment';

/** Name → what one count means. All are counts. */
export const METRICS = {
  /** A step left its Task by a decision's name (waits until later, the run is over): no failure, though Lambda counts an error. */
  DecisionsLeaving: 'a step left its Task by the name of a decision',
  /** A step failed by a fault and is tried again by its state machine, for hours. */
  StepFaults: 'a step failed and is tried again',
  /** A step's payload could not be read: functions and machines do not fit together. */
  PayloadsNotUnderstood: 'the payload of a step could not be read',
  /** A run was given up after all retries; its document says so. */
  RunsFailed: 'a run was given up',
  /** A record of a queue or stream failed and comes again, or goes where its failures are kept. */
  RecordsFailed: 'a record of a batch failed',
  /** What providers answered to messages; what they report later are events. */
  SendsAccepted: 'a message was accepted',
  /** The provider will not take this message: its address, sender or content is not what it wants. */
  SendsRefused: 'a message was refused',
  /** The provider has no room now; the step waits and asks again. */
  SendsPutOff: 'a message was put off by the provider',
  /** Nobody knows whether the provider took it: its own reports will tell, and a marketing message is not sent again. */
  SendsInDoubt: 'the fate of a message is unknown',
  /** The breaker has paused a journey: too many of its marketing messages bounce or are complained about. */
  JourneysStopped: 'a journey was paused by the breaker',
  /** Too many transactional messages of a journey bounce or are complained about; they go on. */
  TransactionalOverLimit: 'transactional messages of a journey came over the limits of the breaker',
  /** The message is out, but what its provider reports about it finds nobody: its id could not be remembered. */
  MessageLinksLost: 'reports about a message will find nobody',
} as const;
export type MetricName = keyof typeof METRICS;
