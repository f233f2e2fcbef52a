// Operations on versions and aliases of state machines.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { parseMachineArn } from './arns.ts';
import { seconds } from './json-text.ts';
import { pageMembers, pageOf } from './paging.ts';
import type {
  MachineAlias,
  MachineVersion,
  Route,
  StateMachine,
  StateMachineStore,
} from './state-machine-store.ts';

export interface VersionOperationsOptions {
  readonly store: StateMachineStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: (machine: StateMachine) => void;
}

const routes = z
  .array(z.strictObject({ stateMachineVersionArn: z.string(), weight: z.number().int().min(0).max(100) }))
  .min(1)
  .max(2);

const publication = z.strictObject({
  stateMachineArn: z.string(),
  revisionId: z.string().optional(),
  description: z.string().max(256).optional(),
});
const newAlias = z.strictObject({
  name: z.string(),
  description: z.string().max(256).optional(),
  routingConfiguration: routes,
});
const changedAlias = z.strictObject({
  stateMachineAliasArn: z.string(),
  description: z.string().max(256).optional(),
  routingConfiguration: routes.optional(),
});
const listed = z.strictObject({ stateMachineArn: z.string(), ...pageMembers });
const alias = z.strictObject({ stateMachineAliasArn: z.string() });

/** A version of the machine as it is now; the same one, if it has not changed since the last. */
export function publish(machine: StateMachine, description: string | undefined, now: number): MachineVersion {
  const last = machine.versions.at(-1);
  if (last?.revision === machine.revision) return last;
  const number = machine.nextVersion;
  const arn = `${machine.arn}:${number}`;
  const version = { arn, number, description, creationDate: now, revision: machine.revision };
  machine.nextVersion += 1;
  machine.versions = [...machine.versions, version];
  return version;
}

export function versionOperations(
  options: VersionOperationsOptions,
): Readonly<Record<string, JsonOperation>> {
  const { store, now, onChange } = options;
  return {
    PublishStateMachineVersion: (input) => {
      const { stateMachineArn, revisionId, description } = parseInput(publication, input);
      const machine = store.machine(stateMachineArn);
      if (revisionId !== undefined && revisionId !== machine.revision.revisionId)
        throw new ServiceError(
          'ConflictException',
          `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${machine.revision.revisionId}.`,
        );
      const { arn, creationDate } = publish(machine, description, now());
      onChange(machine);
      return { stateMachineVersionArn: arn, creationDate: seconds(creationDate) };
    },
    ListStateMachineVersions: (input) => {
      const { stateMachineArn, ...page } = parseInput(listed, input);
      const newestFirst = store.machine(stateMachineArn).versions.toReversed();
      const { members, nextToken } = pageOf(newestFirst, ({ number }) => -number, page);
      return {
        stateMachineVersions: members.map(({ arn, creationDate }) => ({
          stateMachineVersionArn: arn,
          creationDate: seconds(creationDate),
        })),
        nextToken,
      };
    },
    DeleteStateMachineVersion: (input) => {
      const { stateMachineVersionArn: arn } = parseInput(
        z.strictObject({ stateMachineVersionArn: z.string() }),
        input,
      );
      const { arn: own } = parseMachineArn(arn);
      if (!store.has(own)) return;
      const machine = store.machine(own);
      const users = machine.aliases.filter((one) => one.routes.some(({ versionArn }) => versionArn === arn));
      if (users.length > 0)
        throw new ServiceError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
        );
      machine.versions = machine.versions.filter((version) => version.arn !== arn);
      onChange(machine);
    },
    CreateStateMachineAlias: (input) => createAlias(options, parseInput(newAlias, input)),
    UpdateStateMachineAlias: (input) => {
      const { stateMachineAliasArn, description, routingConfiguration } = parseInput(changedAlias, input);
      const { machine, found } = findAlias(store, stateMachineAliasArn);
      if (routingConfiguration !== undefined) found.routes = checkedRoutes(machine, routingConfiguration);
      if (description !== undefined) found.description = description;
      found.updateDate = now();
      onChange(machine);
      return { updateDate: seconds(found.updateDate) };
    },
    DescribeStateMachineAlias: (input) => {
      const { found } = findAlias(store, parseInput(alias, input).stateMachineAliasArn);
      return {
        stateMachineAliasArn: found.arn,
        name: found.name,
        description: found.description,
        routingConfiguration: found.routes.map(({ versionArn, weight }) => ({
          stateMachineVersionArn: versionArn,
          weight,
        })),
        creationDate: seconds(found.creationDate),
        updateDate: seconds(found.updateDate),
      };
    },
    ListStateMachineAliases: (input) => {
      const { stateMachineArn, ...page } = parseInput(listed, input);
      const { machine, version } = store.find(stateMachineArn);
      const aliases = machine.aliases.filter(
        (one) => version === undefined || one.routes.some(({ versionArn }) => versionArn === version.arn),
      );
      const { members, nextToken } = pageOf(aliases.entries(), ([index]) => index, page);
      return {
        stateMachineAliases: members.map(([, { arn, creationDate }]) => ({
          stateMachineAliasArn: arn,
          creationDate: seconds(creationDate),
        })),
        nextToken,
      };
    },
    DeleteStateMachineAlias: (input) => {
      const { machine, found } = findAlias(store, parseInput(alias, input).stateMachineAliasArn);
      machine.aliases = machine.aliases.filter((one) => one !== found);
      onChange(machine);
    },
  };
}

function createAlias(
  { store, now, onChange }: VersionOperationsOptions,
  { name, description, routingConfiguration }: z.output<typeof newAlias>,
): unknown {
  // A number would be a version.
  if (!/^(?=.*[a-zA-Z_\-.])[\w.-]{1,80}$/.test(name))
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  const [first] = routingConfiguration;
  const machine = store.machine(parseMachineArn(first?.stateMachineVersionArn ?? '').arn);
  const arn = `${machine.arn}:${name}`;
  const created = checkedRoutes(machine, routingConfiguration);
  const present = machine.aliases.find((one) => one.arn === arn);
  if (present !== undefined) {
    if (JSON.stringify([present.routes, present.description]) !== JSON.stringify([created, description]))
      throw new ServiceError('ConflictException', `Alias already exists: '${arn}'`);
    return { stateMachineAliasArn: arn, creationDate: seconds(present.creationDate) };
  }
  const added: MachineAlias = {
    arn,
    name,
    description,
    routes: created,
    creationDate: now(),
    updateDate: now(),
  };
  machine.aliases = [...machine.aliases, added];
  onChange(machine);
  return { stateMachineAliasArn: arn, creationDate: seconds(added.creationDate) };
}

function checkedRoutes(machine: StateMachine, given: z.output<typeof routes>): Route[] {
  const sum = given.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100)
    throw new ServiceError('ValidationException', 'Sum of routing configuration weights must be 100');
  const arns = given.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  if (new Set(arns).size < arns.length)
    throw new ServiceError('ValidationException', 'Routing configuration must contain distinct versions');
  for (const arn of arns)
    if (!machine.versions.some((version) => version.arn === arn))
      throw new ServiceError('ResourceNotFound', `State Machine Version Does Not Exist: '${arn}'`);
  return given.map(({ stateMachineVersionArn: versionArn, weight }) => ({ versionArn, weight }));
}

function findAlias(
  store: StateMachineStore,
  arn: string,
): { readonly machine: StateMachine; readonly found: MachineAlias } {
  const { arn: own } = parseMachineArn(arn);
  const machine = store.has(own) ? store.machine(own) : undefined;
  const found = machine?.aliases.find((one) => one.arn === arn);
  if (machine === undefined || found === undefined)
    throw new ServiceError('ResourceNotFound', `State Machine Alias Does Not Exist: '${arn}'`);
  return { machine, found };
}
