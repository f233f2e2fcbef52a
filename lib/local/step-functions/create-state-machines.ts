// Step Functions: the machines of a deployment and those that a client creates, run by the interpreter of lib/local/asl.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type ExecutionDescription, Interpreter, uuidOf } from '../asl/interpreter.ts';
import type { RunTask } from '../asl/task-call.ts';
import type { Chaos } from '../chaos.ts';
import { jsonService } from '../gateway/json-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Targets } from '../targets.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { machineArn } from './arns.ts';
import { callbackOperations } from './callback-operations.ts';
import { parseDefinition } from './definition.ts';
import { executionOperations } from './execution-operations.ts';
import { Executions, refusing } from './executions.ts';
import { parseJsonText } from './json-text.ts';
import { machineOperations, NO_LOGGING } from './machine-operations.ts';
import { mapRunOperations } from './map-run-operations.ts';
import { checkNotDeleting, StateMachineStore, type StateMachine } from './state-machine-store.ts';
import type { StateMachineResource } from './state-machine-resource.ts';
import { statusEvent, type StatusEvent } from './status-event.ts';
import { validateDefinition } from './validate-definition.ts';
import { publish, versionOperations } from './version-operations.ts';

export interface StateMachinesOptions {
  readonly time: CloudTime;
  readonly place: Place;
  readonly journal: Journal;
  readonly chaos: Chaos;
  /** Runs what `parseDefinition` lets through; see lambda-tasks.ts. */
  readonly runTask: RunTask;
  /** For the default bus: an execution has begun or ended. */
  readonly onStatus: (event: StatusEvent) => void;
  /** Uniform in [0, 1): names, seeds of executions, choices of aliases. */
  readonly random: () => number;
}

export interface StateMachines {
  /** A machine of the template; one that is there already gets this definition. Returns its ARN. Throws ServiceError as CreateStateMachine does. */
  add(resource: StateMachineResource): string;
  readonly service: Service;
  /** Executions started by rules and schedules, on a payload as input. */
  readonly targets: Targets;
}

export function createStateMachines(options: StateMachinesOptions): StateMachines {
  const { time, place, chaos, runTask, onStatus, random } = options;
  const now = (): number => time.business.now();
  const store = new StateMachineStore(random);
  const tell = (execution: ExecutionDescription): void => onStatus(statusEvent(execution, place));
  const interpreter: Interpreter = new Interpreter({
    clock: time.business,
    infrastructure: time.infrastructure,
    hold: () => time.hold(),
    runTask,
    random,
    history: 'full',
    onMessage: () => undefined,
    onChild: (child) => {
      executions.add(child);
      tell(child);
    },
    onRedrive: (execution) => {
      executions.ended.delete(execution.id);
      tell(execution);
    },
    onEnd: (execution) => {
      executions.ended.add(execution.id);
      tell(execution);
      deleteIfOver(machineArn(place, execution.machineName));
    },
    region: place.region,
    account: place.account,
  });
  const executions = new Executions(interpreter, now);
  const deleteIfOver = (arn: string): void => {
    const machine = store.has(arn) ? store.machine(arn) : undefined;
    if (machine?.isDeleting === true && !executions.isRunning(machine.name)) store.delete(arn);
  };
  const changed = ({ arn }: StateMachine): void => deleteIfOver(arn);
  const publishNow = (machine: StateMachine, description: string | undefined) =>
    publish(machine, description, now());

  const start = (arn: string, name: string | undefined, inputText: string): ExecutionDescription => {
    const { machine, revision, version, alias } = store.find(arn);
    checkNotDeleting(machine);
    if (chaos.happens('start of an execution is throttled')) throw throttled(chaos);
    const input = parseJsonText(inputText, 'InvalidExecutionInput');
    const seed = Math.floor(random() * 2 ** 31);
    const request = {
      machine: revision.machine,
      machineName: machine.name,
      name: name ?? uuidOf(random),
      input,
      roleArn: revision.roleArn,
      random: seeded(seed),
      origin: { versionArn: version?.arn, aliasArn: alias?.arn, definition: store.keep(revision) },
    };
    const isThere = interpreter.has(interpreter.executionId(machine.name, request.name));
    const started = refusing(() => interpreter.start(request));
    // While one of this name and input runs, a start has no effect.
    if (isThere) return started;
    executions.add(started);
    tell(started);
    return started;
  };

  const operations = {
    ...machineOperations({
      store,
      place,
      now,
      newId: () => uuidOf(random),
      publish: publishNow,
      onChange: changed,
    }),
    ...versionOperations({ store, now, onChange: changed }),
    ...executionOperations({ store, executions, interpreter, place, now, start }),
    ...mapRunOperations({ executions, interpreter, place }),
    ...callbackOperations(interpreter),
    ValidateStateMachineDefinition: validateDefinition,
  };
  return {
    add: ({ name, definition, roleArn }) => {
      const arn = machineArn(place, name);
      const present = store.has(arn) ? store.machine(arn) : undefined;
      const machine = parseDefinition(definition);
      const revision = { definition, machine, roleArn, revisionId: uuidOf(random), updateDate: now() };
      if (present === undefined)
        store.put({
          arn,
          name,
          creationDate: now(),
          revision: { ...revision, revisionId: 'INITIAL' },
          logging: NO_LOGGING,
          tracing: { enabled: false },
          tags: [],
          versions: [],
          nextVersion: 1,
          aliases: [],
          isDeleting: false,
        });
      else if (present.revision.definition !== definition) present.revision = revision;
      return arn;
    },
    service: jsonService({
      signingName: 'states',
      title: 'AWS Step Functions',
      targetPrefix: 'AWSStepFunctions',
      version: '1.0',
      operations,
    }),
    targets: {
      knows: (arn) => store.has(arn),
      deliver: async (arn, payload) => void start(arn, undefined, payload),
    },
  };
}

/** What AWS answers when too many executions are started at once, and when too many are open. */
function throttled(chaos: Chaos): ServiceError {
  return chaos.millis(2) < 1
    ? new ServiceError('ThrottlingException', 'Rate exceeded')
    : new ServiceError(
        'ExecutionLimitExceeded',
        'The maximum number of running executions has been reached. Running executions must end or be stopped before a new execution can be started.',
      );
}

function seeded(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
