// A deployed environment over AWS: the names that everything has there, the clients with the caller's own credentials, and what goes
// wrong with them in words.
import { accessProblem } from '#lib/adapters/aws/access-problem.ts';
import { putCall } from '#lib/adapters/aws/bus.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { eventBridgeClient } from '#lib/adapters/aws/clients/eventbridge.ts';
import { secretsManagerClient } from '#lib/adapters/aws/clients/secrets-manager.ts';
import { stepFunctionsCommandsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { exportCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { createTimeline, lastOf } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { customersByVersion } from '#lib/adapters/aws/dynamodb/versions-in-use.ts';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';
import { hasRunningExecution, listStateMachines } from '#lib/adapters/aws/state-machines.ts';
import {
  audienceMachineName,
  busName,
  customerSecretName,
  deploymentName,
  tableName,
} from '#lib/contracts/deployment-names.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { systemClock } from '#lib/runtime/system-clock.ts';
import { CommandProblem } from './command-problem.ts';
import type { DeployedSystem } from './deployed-system.ts';

/** Signs in with the credentials that the SDK finds (AWS_PROFILE, AWS_REGION, …), and looks whether the environment is there. */
export async function connect(environment: string): Promise<DeployedSystem> {
  const deployment = deploymentName(environment);
  const machinesClient = stepFunctionsCommandsClient();
  const tableClient = dynamoDbClient();
  const busClient = eventBridgeClient();
  const secretsClient = secretsManagerClient();
  const close = (): void => {
    for (const client of [machinesClient, tableClient, busClient, secretsClient]) client.destroy();
  };
  const asked = <T>(call: Promise<T>): Promise<T> => inWords(environment, call);
  const machines = await asked(listStateMachines(machinesClient, deployment)).catch((error: unknown) => {
    close();
    throw error;
  });
  if (!machines.has(audienceMachineName(deployment))) {
    close();
    throw new CommandProblem(
      `there is no environment ${environment} in this account and Region`,
      'Which ones there are is said in environments.json; AWS_PROFILE and AWS_REGION choose where to look.',
    );
  }
  const table = { client: tableClient, name: tableName(deployment) };
  const switches = createSwitches(table, () => performance.now());
  const clocks = createDeploymentClocks(table);
  const secrets = createSecrets(secretsClient, () => performance.now());
  const timeline = createTimeline(table, TIMELINE_DAYS);
  const ledger = createConsentLedger(table);
  return {
    machines: new Set(machines.keys()),
    mark: async () => (await asked(clocks.load()))?.repository,
    isRunning: async (machine) => {
      const arn = machines.get(machine);
      return arn !== undefined && (await asked(hasRunningExecution(machinesClient, arn)));
    },
    customersByVersion: (onPart) => asked(customersByVersion(table, onPart)),
    switches: () => asked(switches.current()),
    breakerReasons: () => asked(switches.breakerReasons()),
    setSwitch: (journey, to) => asked(switches.set(journey, to)),
    customerId: async (external) =>
      customerId(await asked(secrets.value(customerSecretName(deployment))), external),
    timeline: (customer, most) => asked(lastOf(timeline, customer, most)),
    consent: (customer) => asked(ledger.read(customer)),
    exportOf: (customer) => asked(exportCustomer(table, customer, systemClock.now())),
    erase: (customer) =>
      asked(
        eraseCustomer(
          { ports: createDecidingPorts(table), workspace: NOTHING_DEPLOYED },
          customer,
          'operator',
        ),
      ),
    put: (call) => asked(putCall(busClient, busName(deployment), 'wend.command', call)),
    close,
  };
}

/** To erase somebody nothing has to be known of journeys. */
const NOTHING_DEPLOYED = createWorkspace({
  manifests: [],
  newest: {},
  settings: { timezone: 'UTC', locale: 'en', topics: {} },
});

async function inWords<T>(environment: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const problem = accessProblem(error) ?? (error instanceof Fault ? { message: error.message } : undefined);
    if (problem === undefined) throw error;
    throw new CommandProblem(`${environment} cannot be asked: ${problem.message}`, problem.hint);
  }
}
