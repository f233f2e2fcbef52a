// Puts the resources of a stack into the services, nested stacks included: first what others refer to, last what begins to work by itself.
import type { Place } from '../place.ts';
import type { DeployedStack } from '../stacks/stack-service.ts';
import type { StackAssembly } from './assembly.ts';
import { DeploymentProblem } from './deployment-problem.ts';
import { INERT_RESOURCES } from './inert-resources.ts';
import { pseudoParameters, referencesIn, resolved, type Referable, type Resolution } from './intrinsics.ts';
import type { Template, TemplateResource } from './template.ts';

/** A resource with nothing left to resolve. */
export interface StackResource {
  /** Logical id; that of a nested stack stands before it: `Journeys/Welcome`. */
  readonly id: string;
  readonly type: string;
  /** A name for a resource that its template gives none, as CloudFormation makes one of the stack and the logical id. */
  readonly defaultName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Puts a resource into its service. Throws where the service cannot run it as it is written. */
export type PlaceResource = (resource: StackResource) => Referable | Promise<Referable>;

const NESTED_STACK = 'AWS::CloudFormation::Stack';

export interface StackDeployment {
  readonly assembly: StackAssembly;
  readonly place: Place;
  /** By type, in the order in which they are put where nothing refers to another: what begins to work by itself last. */
  readonly types: ReadonlyMap<string, PlaceResource>;
}

/**
 * @returns the stack, and those nested in it.
 * @throws DeploymentProblem that names the resource which cannot be run, and why.
 */
export async function deployStack(deployment: StackDeployment): Promise<readonly DeployedStack[]> {
  const { assembly, place } = deployment;
  return deployTemplate(
    deployment,
    assembly.template,
    assembly.name,
    '',
    pseudoParameters(place, assembly.name),
  );
}

async function deployTemplate(
  deployment: StackDeployment,
  template: Template,
  stack: string,
  path: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<readonly DeployedStack[]> {
  const { types } = deployment;
  const resources = Object.entries(template.Resources);
  const unknown = resources.filter(
    ([, { Type: type }]) =>
      !types.has(type) && type !== NESTED_STACK && !Object.hasOwn(INERT_RESOURCES, type),
  );
  if (unknown.length > 0)
    throw new DeploymentProblem(
      [
        'the local cloud cannot run these resources:',
        ...unknown.map(([id, { Type: type }]) => `  ${path}${id} (${type})`),
      ].join('\n'),
    );
  const order = [...types.keys()];
  const ranked = resources.toSorted(([, a], [, b]) => order.indexOf(a.Type) - order.indexOf(b.Type));
  const placed = new Map<string, Referable>();
  const resolution: Resolution = { parameters, resource: (id) => placed.get(id) };
  const begun = new Set<string>();
  const nested: DeployedStack[] = [];
  const put = async (id: string, resource: TemplateResource): Promise<void> => {
    if (placed.has(id)) return;
    if (begun.has(id)) throw new DeploymentProblem(`${path}${id} refers to itself, over others.`);
    begun.add(id);
    const isInert = Object.hasOwn(INERT_RESOURCES, resource.Type);
    // Of inert ones only the name is known, which may be made of others.
    const read = isInert ? nameOf(resource) : resource.Properties;
    for (const other of referencesIn(read)) {
      const found = template.Resources[other];
      if (found !== undefined) await put(other, found);
    }
    const properties = resolved(read, resolution, `${path}${id}`) as Readonly<Record<string, unknown>>;
    const one = { id: `${path}${id}`, type: resource.Type, defaultName: `${stack}-${id}`, properties };
    if (resource.Type === NESTED_STACK) {
      const inside = await deployNested(deployment, one, stack);
      nested.push(...inside);
      placed.set(id, { ref: inside[0]?.id ?? '', attributes: {} });
    } else placed.set(id, await putResource(deployment, one));
  };
  for (const [id, resource] of ranked) await put(id, resource);
  const own = {
    name: stack,
    id: String(parameters['AWS::StackId']),
    parent: undefined,
    outputs: Object.entries(template.Outputs).map(([key, { Value: value, Description: description }]) => ({
      key,
      value: String(resolved(value, resolution, `${path}${key}`)),
      description,
    })),
  };
  return [own, ...nested.map((one) => ({ ...one, parent: one.parent ?? own.id }))];
}

async function putResource(deployment: StackDeployment, resource: StackResource): Promise<Referable> {
  const inert = INERT_RESOURCES[resource.type];
  if (inert !== undefined) {
    const [name = resource.defaultName] = Object.values(resource.properties).map(String);
    return inert.referable(name, deployment.place);
  }
  const put = deployment.types.get(resource.type);
  if (put === undefined) throw new DeploymentProblem(`the local cloud cannot run ${resource.type}`);
  try {
    return await put(resource);
  } catch (error) {
    if (error instanceof DeploymentProblem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeploymentProblem(`the local cloud cannot run ${resource.id} (${resource.type}): ${reason}`);
  }
}

async function deployNested(
  deployment: StackDeployment,
  { id, properties: { Parameters: parameters = {}, TemplateURL: url, ...others } }: StackResource,
  stack: string,
): Promise<readonly DeployedStack[]> {
  const unknown = Object.keys(others).filter((name) => name !== 'Tags');
  if (unknown.length > 0)
    throw new DeploymentProblem(
      `${id}: the local cloud does not know ${unknown.join(', ')} of a nested stack.`,
    );
  const name = `${stack}-${id}`;
  return deployTemplate(
    deployment,
    deployment.assembly.nestedTemplate(String(url).split('/').at(-1) ?? ''),
    name,
    `${id}/`,
    { ...pseudoParameters(deployment.place, name), ...(parameters as Readonly<Record<string, unknown>>) },
  );
}

/** The property with which a template names a resource: `RoleName`, `LogGroupName`, `Name`. */
function nameOf({ Type: type, Properties: properties }: TemplateResource): Readonly<Record<string, unknown>> {
  const own = `${type.split('::').at(-1)}Name`;
  return Object.hasOwn(properties, own) ? { [own]: properties[own] } : {};
}
