// What happens because of the time alone: once a minute somebody looks for customers who are due, and those are looked at in batches.
import { Role, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { functionName } from '#lib/contracts/deployment-names.ts';
import { LOOKS_SOURCE } from '#lib/contracts/event-sources.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { principalInAccount } from './service-principals.ts';
import type { WorkQueue } from './work-queue.ts';

export interface PassingTimeProps {
  readonly deployment: string;
  readonly looks: WorkQueue;
  readonly findDue: DeployedFunction;
  readonly passTime: DeployedFunction;
}

export class PassingTime extends Construct {
  constructor(scope: Construct, id: string, { deployment, looks, findDue, passTime }: PassingTimeProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: principalInAccount(this, 'scheduler.amazonaws.com'),
      description: `Calls ${functionName(deployment, 'find-due')} every minute`,
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [findDue.function.functionArn] }),
    );
    const schedule = new CfnSchedule(this, 'EveryMinute', {
      name: functionName(deployment, 'find-due'),
      description: 'Who is due, and which schedules take place',
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: findDue.function.functionArn,
        roleArn: role.roleArn,
        // A minute that is missed is made up for by the next, which goes on where the last one ended.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    schedule.node.addDependency(role);
    // The same for the call itself: two at once would look for the same customers.
    findDue.function.configureAsyncInvoke({ retryAttempts: 0 });
    looks.feed(passTime.function, {
      batchSize: LOOKS_SOURCE.batchSize,
      maxConcurrency: LOOKS_SOURCE.maxConcurrency,
    });
  }
}
