/**
 * A deployment that cannot be run here: a resource or a part of one that the local cloud does not know, or files that are not those of a
 * cloud assembly. The message names the place in the template.
 */
export class DeploymentProblem extends Error {
  override readonly name = 'DeploymentProblem';
}
