/** Whatever an event, a schedule or a failed batch can be handed to, by ARN: a queue, a function, a state machine, a bus, a bucket. */
export interface Targets {
  /** Whether there is something of this ARN that can be handed to; asked when the deployment is put together. */
  knows(arn: string): boolean;
  /**
   * Hands over a payload (JSON text); done when it is kept there (a queue has it, a function's asynchronous call is accepted, an execution
   * has started). Rejects where it was refused: whoever hands over tries again or has a dead-letter queue.
   */
  deliver(arn: string, payload: string): Promise<void>;
}
