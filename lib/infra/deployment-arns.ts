// ARNs made of the fixed names (lib/contracts/deployment-names.ts). Machines name functions and functions name machines: with
// references, CloudFormation could create neither first.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { audienceMachineName, functionName, type FunctionName } from '#lib/contracts/deployment-names.ts';

/** The ARNs of one deployment, in the account and Region of the construct's stack. */
export class DeploymentArns {
  readonly #stack: Stack;
  readonly #deployment: string;

  constructor(scope: IConstruct, deployment: string) {
    this.#stack = Stack.of(scope);
    this.#deployment = deployment;
  }

  function(name: FunctionName): string {
    return this.#arn('lambda', 'function', functionName(this.#deployment, name));
  }

  /** Without the hyphen that follows: `arn:aws:states:eu-central-1:123456789012:stateMachine:wend-production`. */
  get machinePrefix(): string {
    return this.#arn('states', 'stateMachine', this.#deployment);
  }

  /** All machines of journeys, and no other. */
  get machines(): string {
    return this.#arn('states', 'stateMachine', `${this.#deployment}-*`);
  }

  /** All executions of machines of journeys. */
  get executions(): string {
    return this.#arn('states', 'execution', `${this.#deployment}-*:*`);
  }

  get audienceMachine(): string {
    return this.#arn('states', 'stateMachine', audienceMachineName(this.#deployment));
  }

  #arn(service: string, resource: string, resourceName: string): string {
    return this.#stack.formatArn({
      service,
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
