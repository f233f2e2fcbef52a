// What is read of the deployment itself: the workspace beside its functions, and the secret of its customers.
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { DeploymentProblem } from '#lib/local/deployment/deployment-problem.ts';
import type { Cloud } from '#lib/local/deployment/open-cloud.ts';
import { loadWorkspaceFile } from '#lib/runtime/workspace-file.ts';

/**
 * All functions have the same workspace.
 * @throws DeploymentProblem where the stack has no functions, Error where their workspace cannot be read.
 */
export function deployedWorkspace(assembly: StackAssembly): DeployedWorkspace {
  const { name, template } = assembly;
  for (const { Type: type, Properties: properties } of Object.values(template.Resources)) {
    const { S3Key: key } = (properties['Code'] ?? {}) as { readonly S3Key?: unknown };
    if (type === 'AWS::Lambda::Function' && typeof key === 'string')
      return loadWorkspaceFile(assembly.asset(key));
  }
  throw new DeploymentProblem(`${name} has no functions: is it a stack of Wend?`);
}

/** The secret under which customer ids are hashed: that which the functions are told of. */
export function customerSecret({ secrets, functions }: Pick<Cloud, 'secrets' | 'functions'>): string {
  for (const { variables } of functions.all()) {
    const arn = variables['CUSTOMER_SECRET_ARN'];
    const value = arn === undefined ? undefined : secrets.valueOf(arn);
    if (value !== undefined) return value;
  }
  throw new DeploymentProblem('the secret of customers is not in the template');
}
