// Operations on state machines themselves. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import { machineArn, parseMachineArn } from './arns.ts';
import { parseDefinition } from './definition.ts';
import { seconds } from './json-text.ts';
import { pageMembers, pageOf } from './paging.ts';
import { checkNotDeleting } from './state-machine-store.ts';
import type {
  LoggingConfiguration,
  MachineVersion,
  StateMachine,
  StateMachineStore,
} from './state-machine-store.ts';

export interface MachineOperationsOptions {
  readonly store: StateMachineStore;
  readonly place: Place;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly publish: (machine: StateMachine, description: string | undefined) => MachineVersion;
  readonly onChange: (machine: StateMachine) => void;
}

const logging = z.strictObject({
  level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF'),
  includeExecutionData: z.boolean().default(false),
  destinations: z
    .array(z.strictObject({ cloudWatchLogsLogGroup: z.strictObject({ logGroupArn: z.string() }) }))
    .optional(),
});
const tracing = z.strictObject({ enabled: z.boolean().default(false) });
const tags = z.array(z.strictObject({ key: z.string(), value: z.string() }));

const creation = z.strictObject({
  name: z.string(),
  definition: z.string().min(1),
  roleArn: z.string().min(1),
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  loggingConfiguration: logging.optional(),
  tracingConfiguration: tracing.optional(),
  tags: tags.optional(),
  publish: z.boolean().optional(),
  versionDescription: z.string().max(256).optional(),
});

const update = z.strictObject({
  stateMachineArn: z.string(),
  definition: z.string().min(1).optional(),
  roleArn: z.string().min(1).optional(),
  loggingConfiguration: logging.optional(),
  tracingConfiguration: tracing.optional(),
  publish: z.boolean().optional(),
  versionDescription: z.string().max(256).optional(),
});

const named = z.strictObject({ stateMachineArn: z.string() });
/** METADATA_ONLY is for definitions that are encrypted with a key of the customer's. */
const described = z.strictObject({
  stateMachineArn: z.string(),
  includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
});

export const NO_LOGGING: LoggingConfiguration = { level: 'OFF', includeExecutionData: false };

export function machineOperations(
  options: MachineOperationsOptions,
): Readonly<Record<string, JsonOperation>> {
  const { store } = options;
  return {
    CreateStateMachine: (input) => create(options, parseInput(creation, input)),
    UpdateStateMachine: (input) => change(options, parseInput(update, input)),
    DeleteStateMachine: (input) => {
      const { arn, qualifier } = parseMachineArn(parseInput(named, input).stateMachineArn);
      if (qualifier !== undefined)
        throw new ServiceError('ValidationException', 'Versions are deleted by DeleteStateMachineVersion.');
      if (!store.has(arn)) return;
      const machine = store.machine(arn);
      machine.isDeleting = true;
      options.onChange(machine);
    },
    DescribeStateMachine: (input) => describe(store, parseInput(described, input).stateMachineArn),
    ListStateMachines: (input) => {
      const { members, nextToken } = pageOf(
        store.all().entries(),
        ([index]) => index,
        parseInput(z.strictObject(pageMembers), input),
      );
      const stateMachines = members.map(([, { arn, name, creationDate }]) => ({
        stateMachineArn: arn,
        name,
        type: 'STANDARD',
        creationDate: seconds(creationDate),
      }));
      return { stateMachines, nextToken };
    },
    ListTagsForResource: (input) => {
      const { resourceArn } = parseInput(z.strictObject({ resourceArn: z.string() }), input);
      if (!store.has(resourceArn))
        throw new ServiceError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
      return { tags: store.machine(resourceArn).tags };
    },
  };
}

function create(options: MachineOperationsOptions, given: z.output<typeof creation>): unknown {
  const { store, place, now, publish, onChange } = options;
  const { name, definition, roleArn, type, loggingConfiguration = NO_LOGGING } = given;
  if (type === 'EXPRESS')
    throw new ServiceError('NotImplemented', 'The local cloud does not run Express workflows.', 501);
  if (!/^[\w-]{1,80}$/.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  if (given.versionDescription !== undefined && given.publish !== true)
    throw new ServiceError('ValidationException', 'Version description can only be set when publish is true');
  const arn = machineArn(place, name);
  const machine = parseDefinition(definition);
  const tracingConfiguration = given.tracingConfiguration ?? { enabled: false };
  if (store.has(arn)) {
    const present = store.machine(arn);
    checkNotDeleting(present);
    const isSame =
      present.revision.definition === definition &&
      JSON.stringify([present.logging, present.tracing]) ===
        JSON.stringify([loggingConfiguration, tracingConfiguration]);
    if (!isSame)
      throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    const version = given.publish === true ? present.versions.at(-1) : undefined;
    return {
      stateMachineArn: arn,
      creationDate: seconds(present.creationDate),
      stateMachineVersionArn: version?.arn,
    };
  }
  const created: StateMachine = {
    arn,
    name,
    creationDate: now(),
    revision: { definition, machine, roleArn, revisionId: 'INITIAL', updateDate: now() },
    logging: loggingConfiguration,
    tracing: tracingConfiguration,
    tags: given.tags ?? [],
    versions: [],
    nextVersion: 1,
    aliases: [],
    isDeleting: false,
  };
  store.put(created);
  const version = given.publish === true ? publish(created, given.versionDescription) : undefined;
  onChange(created);
  return {
    stateMachineArn: arn,
    creationDate: seconds(created.creationDate),
    stateMachineVersionArn: version?.arn,
  };
}

/** Executions that run keep the definition with which they have started. */
function change(options: MachineOperationsOptions, given: z.output<typeof update>): unknown {
  const { store, now, newId, publish, onChange } = options;
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = given;
  const changes = [definition, roleArn, loggingConfiguration, tracingConfiguration];
  if (changes.every((one) => one === undefined))
    throw new ServiceError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  const machine = store.machine(given.stateMachineArn);
  checkNotDeleting(machine);
  const { revision } = machine;
  const isRevised = definition !== undefined || roleArn !== undefined;
  machine.revision = {
    definition: definition ?? revision.definition,
    machine: definition === undefined ? revision.machine : parseDefinition(definition),
    roleArn: roleArn ?? revision.roleArn,
    revisionId: isRevised ? newId() : revision.revisionId,
    updateDate: now(),
  };
  machine.logging = loggingConfiguration ?? machine.logging;
  machine.tracing = tracingConfiguration ?? machine.tracing;
  const version = given.publish === true ? publish(machine, given.versionDescription) : undefined;
  onChange(machine);
  return {
    updateDate: seconds(machine.revision.updateDate),
    revisionId: machine.revision.revisionId,
    stateMachineVersionArn: version?.arn,
  };
}

function describe(store: StateMachineStore, arn: string): unknown {
  const { machine, revision, version } = store.find(arn);
  const { name, creationDate, logging: loggingConfiguration, tracing: tracingConfiguration } = machine;
  return {
    stateMachineArn: arn,
    name,
    status: machine.isDeleting ? 'DELETING' : 'ACTIVE',
    definition: revision.definition,
    roleArn: revision.roleArn,
    type: 'STANDARD',
    creationDate: seconds(version?.creationDate ?? creationDate),
    loggingConfiguration,
    tracingConfiguration,
    // Of what has never been updated, AWS gives none.
    ...(revision.revisionId === 'INITIAL' ? {} : { revisionId: revision.revisionId }),
    ...(version?.description === undefined ? {} : { description: version.description }),
  };
}
