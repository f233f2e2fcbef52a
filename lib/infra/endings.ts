// However an execution ends, its document learns of it: what no step could tell any more comes from Step Functions itself.
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { STOPPED } from '#lib/contracts/faults.ts';
import type { DeploymentArns } from './deployment-arns.ts';
import type { WorkQueue } from './work-queue.ts';

export interface EndingsProps {
  readonly deployment: string;
  /** Whoever looks at customers records it. */
  readonly looks: WorkQueue;
  readonly arns: DeploymentArns;
}

export class Endings extends Construct {
  constructor(scope: Construct, id: string, { deployment, looks, arns }: EndingsProps) {
    super(scope, id);
    // Status events come on the account's default bus, and are free.
    // https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
    new Rule(this, 'Ended', {
      ruleName: `${deployment}-executions-ended`,
      description: 'Executions of journeys that did not end by themselves, nor were stopped by the relay',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [{ prefix: `${arns.machinePrefix}-` }],
          $or: [
            { status: ['FAILED', 'TIMED_OUT'] },
            // Null and absent: somebody has aborted it in the console.
            { status: ['ABORTED'], error: [null, { exists: false }, { 'anything-but': STOPPED }] },
          ],
        },
      },
      targets: [new SqsQueue(looks.queue, { deadLetterQueue: looks.deadLetters })],
    });
  }
}
