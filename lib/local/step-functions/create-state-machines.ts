// Step Functions: the machines of a deployment and those that a client creates, run by the interpreter of lib/local/asl.
import { uuidOf } from '../asl/identifiers.ts';
import type { ExecutionDescription } from '../asl/interpreter.ts';
import type { RunTask } from '../asl/task-call.ts';
import type { Chaos } from '../chaos.ts';
import { jsonService } from '../gateway/json-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Targets } from '../targets.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { addMachine } from './add-machine.ts';
import { machineArn } from './arns.ts';
import { callbackOperations } from './callback-operations.ts';
import { ExecutionJournal } from './execution-journal.ts';
import { executionOperations } from './execution-operations.ts';
import { Executions } from './executions.ts';
import { goOn } from './go-on.ts';
import { parseJsonText } from './json-text.ts';
import { KeptMachines } from './kept-machines.ts';
import { machineOperations } from './machine-operations.ts';
import { mapRunOperations } from './map-run-operations.ts';
import type { RunningExecutions } from './running-executions.ts';
import { checkNotDeleting, StateMachineStore, type StateMachine } from './state-machine-store.ts';
import type { StateMachineResource } from './state-machine-resource.ts';
import type { StatusEvent } from './status-event.ts';
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
  /**
   * Goes on with what the journal has brought back. Once, after the machines of the template are there and the journal is restored, and before
   * anything is started; functions can be called by then.
   */
  goOn(): Promise<void>;
  readonly service: Service;
  /** Executions started by rules and schedules, on a payload as input. */
  readonly targets: Targets;
  /** For the page: who is where. */
  readonly running: RunningExecutions;
}

export function createStateMachines(options: StateMachinesOptions): StateMachines {
  const { time, place, random, chaos } = options;
  const now = (): number => time.business.now();
  const store = new StateMachineStore(random);
  const deleteIfOver = (name: string): void => {
    const arn = machineArn(place, name);
    const machine = store.has(arn) ? store.machine(arn) : undefined;
    if (machine?.isDeleting !== true) return;
    for (const { execution } of executions.of(name)) if (execution.status === 'RUNNING') return;
    store.delete(arn);
    machines.deleted(arn);
  };
  const executions: Executions = new Executions({ ...options, journal: () => journal, onEnd: deleteIfOver });
  const machines = new KeptMachines(store, () => journal);
  const journal: ExecutionJournal = new ExecutionJournal(options.journal, {
    revision: (key) => store.revision(key),
    machines: () => machines.changedByClients(),
    ended: () => [...executions.ended.all()].filter(({ id, root }) => id === root),
    names: () => executions.ended.names(),
  });
  const onChange = (machine: StateMachine): void => {
    machines.changed(machine);
    deleteIfOver(machine.name);
  };

  const start = (arn: string, name: string | undefined, inputText: string): ExecutionDescription => {
    const { machine, revision, version, alias } = store.find(arn);
    checkNotDeleting(machine);
    if (chaos.happens('start of an execution is throttled')) throw throttled(chaos);
    const given = {
      machineName: machine.name,
      name: name ?? uuidOf(random),
      input: parseJsonText(inputText, 'InvalidExecutionInput'),
      origin: { versionArn: version?.arn, aliasArn: alias?.arn, definition: store.keep(revision) },
      seed: Math.floor(random() * 2 ** 31),
    };
    return executions.start(given, revision);
  };

  const { interpreter } = executions;
  const operations = {
    ...machineOperations({
      store,
      place,
      now,
      newId: () => uuidOf(random),
      publish: (machine, description) => publish(machine, description, now()),
      onChange,
    }),
    ...versionOperations({ store, now, onChange }),
    ...executionOperations({ store, executions, interpreter, place, now, start }),
    ...mapRunOperations({ executions, interpreter, place }),
    ...callbackOperations(interpreter),
    ValidateStateMachineDefinition: validateDefinition,
  };
  return {
    add: (resource) => addMachine(store, resource, { place, now: now(), newId: () => uuidOf(random) }),
    goOn: () => goOn({ store, machines, executions, journal }),
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
    running: executions.running,
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
