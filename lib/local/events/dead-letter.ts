// What could not be delivered, as the bus and the scheduler put it into a dead-letter queue.

export interface DeadLetter {
  readonly body: string;
  /** Attributes of the message, all of them texts: `RULE_ARN`, `ERROR_CODE`, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Done when the queue has it; rejects where there is no such queue. */
export type SendDeadLetter = (queueArn: string, letter: DeadLetter) => Promise<void>;
