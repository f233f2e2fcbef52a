// The state machines of all committed versions, in nested stacks by group (lib/repository/machine-stacks.ts): a stack has at most
// 500 resources, and one environment has to stay one thing to deploy and to remove.
import { CfnParameter, NestedStack, type CfnResource, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { join } from 'node:path';
import type { StateMachine } from '#lib/compiler/lower/asl.ts';
import { machineName, STEP_FUNCTION_NAMES } from '#lib/contracts/deployment-names.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import type { CommittedVersion } from '#lib/repository/committed-versions.ts';
import type { MachineStacks } from '#lib/repository/machine-stacks.ts';
import { definitionFile } from './deployment-sources.ts';
import type { DeploymentArns } from './deployment-arns.ts';
import { LOG_DELIVERY, TRACES } from './machine-rights.ts';
import { principalInAccount } from './service-principals.ts';
import { explainWildcard } from './wildcards.ts';

export interface JourneyMachinesProps {
  readonly deployment: string;
  readonly versions: readonly CommittedVersion[];
  /** Version key → number of its group. */
  readonly stacks: MachineStacks;
  readonly arns: DeploymentArns;
  readonly logRetention: RetentionDays;
  /** Folder with the definition of each machine. */
  readonly definitions: string;
}

export class JourneyMachines extends Construct {
  /** By number of their group. */
  readonly groups: readonly MachineGroup[];

  constructor(scope: Construct, id: string, { versions, stacks, ...props }: JourneyMachinesProps) {
    super(scope, id);
    const groupOf = ({ journey, version }: CommittedVersion) => stacks[versionKey(journey, version)] ?? 1;
    const numbers = [...new Set(versions.map(groupOf))].toSorted((a, b) => a - b);
    this.groups = numbers.map(
      (number) =>
        new MachineGroup(this, `Group${number}`, {
          ...props,
          number,
          versions: versions.filter((version) => groupOf(version) === number),
        }),
    );
  }

  /** Lets CloudFormation create or change a function only when all machines are there. */
  precede(dependant: Function): void {
    const resource = dependant.node.defaultChild as CfnResource;
    for (const { nestedStackResource } of this.groups)
      if (nestedStackResource !== undefined) resource.addResourceDependency(nestedStackResource);
  }
}

interface MachineGroupProps extends Omit<JourneyMachinesProps, 'stacks'> {
  readonly number: number;
}

const KINDS = Object.keys(STEP_FUNCTIONS) as readonly (keyof typeof STEP_FUNCTIONS)[];
const PLACEHOLDERS = KINDS.map(placeholderOf);

/** `SendMessage`: what stands between the braces. */
function placeholderOf(kind: keyof typeof STEP_FUNCTIONS): string {
  return STEP_FUNCTIONS[kind].slice('${'.length, -'}'.length);
}

/** One nested stack: machines that share a role and a log. */
export class MachineGroup extends NestedStack {
  readonly #role: Role;
  readonly #logGroup: LogGroup;
  readonly #functions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: MachineGroupProps) {
    super(scope, id, { description: `State machines of ${props.deployment}, group ${props.number}` });
    const { deployment, number, versions, arns, logRetention, definitions } = props;
    this.#functions = this.#functionParameters(arns);
    this.#logGroup = new LogGroup(this, 'Log', {
      // Under this prefix, AWS keeps the policy by which Step Functions may write; elsewhere it would overflow with many machines.
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      logGroupName: `/aws/vendedlogs/states/${deployment}-journeys-${number}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = this.#createRole(deployment, number);
    for (const { journey, version, machine, resume } of versions)
      for (const [leg, definition] of [
        ['first', machine],
        ['resume', resume],
      ] as const)
        if (definition !== undefined)
          this.#machine(
            machineName(deployment, journey, version, leg),
            join(definitions, definitionFile(versionKey(journey, version), leg)),
            placeholdersIn(definition),
          );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'Errors are logged, without data. Logging every event would cost more than the orchestration itself, and the timeline of each ' +
        'customer says what happened.',
    });
  }

  /** ARNs as parameters: a definition is mostly references to nine functions, and a parameter is short. */
  #functionParameters(arns: DeploymentArns): Readonly<Record<string, string>> {
    return Object.fromEntries(
      KINDS.map((kind) => {
        const placeholder = placeholderOf(kind);
        const parameter = new CfnParameter(this, placeholder, { type: 'String' });
        this.setParameter(placeholder, arns.function(STEP_FUNCTION_NAMES[kind]));
        return [placeholder, parameter.valueAsString];
      }),
    );
  }

  #createRole(deployment: string, number: number): Role {
    const role = new Role(this, 'Role', {
      assumedBy: principalInAccount(this, 'states.amazonaws.com'),
      description: `What journeys of ${deployment} may do, group ${number}: call the functions of steps`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: Object.values(this.#functions),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: [...LOG_DELIVERY, ...TRACES], resources: ['*'] }));
    explainWildcard(
      role,
      '*',
      'Delivery of logs and traces cannot be restricted to a resource ' +
        '(https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, …/xray-iam.html).',
    );
    return role;
  }

  #machine(name: string, path: string, placeholders: readonly string[]): void {
    const { s3BucketName: bucket, s3ObjectKey: key } = new Asset(this, `${name}-definition`, { path });
    const machine = new CfnStateMachine(this, name, {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: this.#role.roleArn,
      definitionS3Location: { bucket, key },
      definitionSubstitutions: Object.fromEntries(
        Object.entries(this.#functions).filter(([placeholder]) => placeholders.includes(placeholder)),
      ),
      loggingConfiguration: {
        level: 'ERROR',
        // What journeys carry are ids; it stays so where a step answers more than it should.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: this.#logGroup.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    // A machine is created only when its role may do what it will do.
    machine.node.addDependency(this.#role);
  }
}

/** Names of the functions that the definition calls. */
function placeholdersIn(definition: StateMachine): readonly string[] {
  const text = JSON.stringify(definition);
  return PLACEHOLDERS.filter((name) => text.includes(`\${${name}}`));
}
