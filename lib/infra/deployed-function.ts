// One function: its code, its log, its role. A role may write its own log and trace, and what else it may is granted where the
// function is wired, call by call.
import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionName, type FunctionName } from '#lib/contracts/deployment-names.ts';
import { FUNCTION_SETTINGS } from './function-settings.ts';
import { explainWildcard } from './wildcards.ts';

export interface DeployedFunctionProps {
  readonly deployment: string;
  readonly name: FunctionName;
  /** Folder with `index.mjs` and what lies beside it. */
  readonly folder: string;
  /** Exactly what the function's `environment.ts` asks for. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  /** The most calls at once, kept free for it among those of the account; absent: as many as the account has free. */
  readonly atOnce?: number;
}

export class DeployedFunction extends Construct {
  readonly name: FunctionName;
  readonly function: Function;
  readonly logGroup: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: DeployedFunctionProps) {
    super(scope, id);
    const { deployment, name, folder, environment, logRetention, atOnce } = props;
    const { description, memoryMegabytes, timeout } = FUNCTION_SETTINGS[name];
    this.name = name;
    const deployedName = functionName(deployment, name);
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${deployedName}`,
      retention: logRetention,
      // Ids and counts only: whoever deletes the deployment does not need it any more.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${deployedName} may do`,
    });
    // Not AWS's managed policy, which lets a function write every log of the account.
    this.logGroup.grantWrite(this.#role);
    this.function = new Function(this, 'Function', {
      functionName: deployedName,
      description,
      runtime: Runtime.NODEJS_24_X,
      // A fifth cheaper than x86 for the same work (https://aws.amazon.com/lambda/pricing/).
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(folder),
      memorySize: memoryMegabytes,
      timeout,
      ...(atOnce !== undefined && { reservedConcurrentExecutions: atOnce }),
      environment,
      role: this.#role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
    explainWildcard(
      this.#role,
      '*',
      'X-Ray takes traces without a resource: PutTraceSegments and PutTelemetryRecords cannot be restricted to one ' +
        '(https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).',
    );
  }

  /** Lets the function make these calls on these resources. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.#role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** As `allow`, for an ARN with a wildcard: the reason is read by whoever audits the role. */
  allowAll(actions: readonly string[], pattern: string, reason: string): void {
    this.allow(actions, [pattern]);
    explainWildcard(this.#role, pattern, reason);
  }
}
