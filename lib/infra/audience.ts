// Asking everybody: the state machine that walks over all customers.
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { audienceMachineName } from '#lib/contracts/deployment-names.ts';
import { AUDIENCE_MAPS, audienceMachine, TELL_CUSTOMERS } from './audience-machine.ts';
import type { DeployedFunction } from './deployed-function.ts';
import type { DeploymentArns } from './deployment-arns.ts';
import { LOG_DELIVERY, TRACES } from './machine-rights.ts';
import { principalInAccount } from './service-principals.ts';
import { explainWildcard } from './wildcards.ts';

export interface AudienceProps {
  readonly deployment: string;
  readonly arns: DeploymentArns;
  readonly logRetention: RetentionDays;
  readonly tellCustomers: DeployedFunction;
}

export class Audience extends Construct {
  constructor(scope: Construct, id: string, props: AudienceProps) {
    super(scope, id);
    const { deployment, arns, logRetention, tellCustomers } = props;
    const name = audienceMachineName(deployment);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: principalInAccount(this, 'states.amazonaws.com'),
      description: `What ${name} may do: call tell-customers, and start its own children`,
    });
    const rights = this.#rights(name, tellCustomers, arns);
    rights.attachToRole(role);
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: JSON.stringify(audienceMachine()),
      definitionSubstitutions: {
        [TELL_CUSTOMERS.slice('${'.length, -'}'.length)]: tellCustomers.function.functionArn,
      },
      loggingConfiguration: {
        level: 'ERROR',
        // Ids and counts; it stays so whatever an error says.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    // It is created only when its role may do what it will do.
    machine.node.addDependency(rights);
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason: 'Errors are logged, without data. What a page came to is in the log of tell-customers.',
    });
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  #rights(name: string, tellCustomers: DeployedFunction, arns: DeploymentArns): Policy {
    const policy = new Policy(this, 'Rights');
    const may = (actions: readonly string[], resources: readonly string[]): void =>
      policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    const mayAll = (actions: readonly string[], resource: string, reason: string): void => {
      may(actions, [resource]);
      explainWildcard(policy, resource, reason);
    };
    may(['lambda:InvokeFunction'], [tellCustomers.function.functionArn]);
    may(['states:StartExecution'], [arns.audienceMachine]);
    const own = 'A Distributed Map sees to its own executions, whose names it makes itself.';
    mayAll(['states:DescribeExecution', 'states:StopExecution'], this.#execution(`${name}:*`), own);
    for (const label of Object.values(AUDIENCE_MAPS))
      mayAll(
        ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
        this.#execution(`${name}/${label}:*`),
        own,
      );
    mayAll(
      [...LOG_DELIVERY, ...TRACES],
      '*',
      'Delivery of logs and traces cannot be restricted to a resource ' +
        '(https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, …/xray-iam.html).',
    );
    return policy;
  }

  #execution(resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
