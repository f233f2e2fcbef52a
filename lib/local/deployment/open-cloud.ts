// The local cloud: every service put together, one deployment in it, at one address. What runs is what the template says.
import { randomUUID } from 'node:crypto';
import { createChaos, throttledRequests } from '../seeded-chaos.ts';
import { NO_CHAOS } from '../chaos.ts';
import { createDelivery } from '../delivery/create-delivery.ts';
import { createTables } from '../dynamodb/tables.ts';
import { createEventSources } from '../event-sources/event-sources.ts';
import { createBuses } from '../events/buses.ts';
import type { DeadLetter } from '../events/dead-letter.ts';
import type { LostDelivery } from '../events/deliveries.ts';
import { createFunctions } from '../functions/functions.ts';
import { createFunctionUrls, FUNCTION_URL_PATH } from '../functions/function-urls.ts';
import { lambdaService } from '../functions/lambda-operations.ts';
import { openGateway } from '../gateway/gateway.ts';
import { identityService } from '../identity/identity-service.ts';
import { NO_JOURNAL } from '../journal/journal.ts';
import { openJournal } from '../journal/open-journal.ts';
import { createLogs } from '../logs/logs.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createTopics } from '../notifications/topics.ts';
import type { Place } from '../place.ts';
import { createQueues } from '../queues/queues.ts';
import { createSchedules } from '../scheduler/schedules.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { stackService } from '../stacks/stack-service.ts';
import { createStateMachines } from '../step-functions/create-state-machines.ts';
import { runLambdaTasks } from '../step-functions/lambda-tasks.ts';
import { createBuckets } from '../storage/buckets.ts';
import type { Targets } from '../targets.ts';
import { keepClock } from '../time/kept-clock.ts';
import { SharedDate } from '../time/shared-date.ts';
import type { CloudOptions } from './cloud-options.ts';
import { deployStack } from './deploy-stack.ts';
import { withOutside } from './functions-of-others.ts';
import { functionTargets, putObject, queueTargets, sendDeadLetter, waitingFor } from './hand-over.ts';
import { isHurried, onHurry } from './hurry.ts';
import { resourceTypes, type CloudServices } from './resource-types.ts';

export interface Cloud extends CloudServices {
  readonly place: Place;
  /** Nothing of a former run was kept. */
  readonly isFresh: boolean;
  /**
   * What a former run has left goes on, readers read, and every service answers. Until then nothing happens by itself and only tables are
   * served, so that whoever has opened the cloud can read what is kept before the first question comes. Call it once.
   */
  goOn(): Promise<void>;
  /** Puts everything down and gives the ports free; what is in progress is over or lost, as the journal has it. */
  close(): Promise<void>;
}

/** Where a deployment stands that its app leaves open. The account is the one that documentation uses. */
const HOME = { region: 'eu-central-1', account: '111122223333' };

/**
 * Puts the stack into services of its own, which begin to work with `goOn`.
 * @throws DeploymentProblem for what cannot be run, the system's error where the port is taken, JournalError for kept data that cannot be read.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { assembly, clock, onFault, onNotice, random } = options;
  const chaos = options.chaos === undefined ? NO_CHAOS : createChaos(options.chaos);
  const uniqueId = randomUUID;
  const gateway = await openGateway({
    port: options.port,
    now: () => clock.now(),
    ...(options.chaos !== undefined && { intercept: throttledRequests(chaos) }),
    onFault: (error) => onFault(error),
  });
  const closers: (() => void | Promise<void>)[] = [() => gateway.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const journal = options.data === undefined ? undefined : openJournal(options.data, { onNotice });
    if (journal !== undefined) closers.push(() => journal.close());
    const place: Place = {
      partition: 'aws',
      region: assembly.region ?? HOME.region,
      account: assembly.account ?? HOME.account,
      endpoint: gateway.endpoint,
    };
    const kept = keepClock(journal ?? NO_JOURNAL, clock);
    const common = { time: clock, place, chaos, journal: kept.journal, uniqueId, random };
    const metrics = createMetrics(common);
    const openExecutions = metrics.level({
      namespace: 'AWS/States',
      name: 'OpenExecutionCount',
      unit: 'Count',
    });
    const bounceRate = metrics.level({ namespace: 'AWS/SES', name: 'Reputation.BounceRate', unit: 'None' });
    const complaintRate = metrics.level({
      namespace: 'AWS/SES',
      name: 'Reputation.ComplaintRate',
      unit: 'None',
    });
    const logs = createLogs(common);
    const tables = createTables(common);
    const queues = createQueues(common);
    const buckets = createBuckets(common);
    const secrets = createSecrets(common);
    const businessDate = new SharedDate(clock.reading());
    closers.push(clock.onChange((reading) => businessDate.show(reading)));
    // Parts that hand things to one another know one table of targets, which is complete when all are there.
    const known: Targets[] = [queueTargets(queues)];
    const targets: Targets = {
      knows: (arn) => known.some((some) => some.knows(arn)),
      deliver: (arn, payload) => {
        const found = known.find((some) => some.knows(arn));
        if (found === undefined) return Promise.reject(new Error(`There is nothing at ${arn}.`));
        return found.deliver(arn, payload);
      },
    };
    const onLost = ({ targetArn, reason }: LostDelivery): void =>
      onNotice(`Something for ${targetArn} is lost: ${reason}`);
    const deadLetters = (arn: string, letter: DeadLetter) => sendDeadLetter(queues, arn, letter);
    const buses = createBuses({
      ...common,
      targets,
      deadLetters,
      onLost,
    });
    const topics = createTopics({ place, targets });
    const { replies } = options;
    const delivery = createDelivery({
      ...common,
      report: (event) => buses.put(event),
      tellAsApplication: options.tellAsApplication,
      ...(replies !== undefined && {
        replies: {
          channels: replies.channels,
          publish: (id, message, at) => topics.publish(replies.topic, id, message, at),
        },
      }),
      ...(options.lifeLike !== undefined && { lifeLike: options.lifeLike }),
      identities: options.identities,
      onReputation: ({ bounces, complaints }) => {
        bounceRate.set(bounces);
        complaintRate.set(complaints);
      },
      whoRuns: options.whoRuns,
    });
    const functions = createFunctions({
      ...common,
      businessDate,
      codeCache: options.codeCache,
      targets,
      onLog: (line) => {
        const { logGroup, logStream, at, line: message } = line;
        logs.append(logGroup, { at, stream: logStream, message });
        options.onLog(line);
      },
      onMetrics: (told) => {
        metrics.put(told);
        options.onMetrics(told);
      },
      onGivenUp: (name, reason) => onNotice(`A call of ${name} was given up: ${reason}`),
      onFault,
    });
    known.push(functionTargets(functions));
    const functionUrls = createFunctionUrls({ functions, place, now: () => clock.now(), onNotice });
    let open = 0;
    const machines = createStateMachines({
      ...common,
      runTask: runLambdaTasks(functions),
      onStatus: ({ time: at, ...event }) => {
        open += event.detail['status'] === 'RUNNING' ? 1 : -1;
        openExecutions.set(open);
        void buses.put({ ...event, at }).catch(onFault);
      },
      random,
    });
    known.push(machines.targets);
    const schedules = createSchedules({
      ...common,
      targets: waitingFor(functions, targets),
      deadLetters,
      skip: options.skip,
      onLost,
    });
    const sources = createEventSources({
      ...common,
      functions,
      findQueue: (arn) => queues.find(arn),
      findStream: (arn) => tables.stream(arn),
      targets,
      putObject: (arn, key, body) => putObject(buckets, arn, key, body),
      isHurried: () => isHurried(clock.reading()),
      onHurry: (listener) => onHurry(clock, listener),
      onFault,
    });
    const services = {
      tables,
      queues,
      buckets,
      secrets,
      functions,
      functionUrls,
      machines,
      buses,
      schedules,
      sources,
      topics,
      delivery,
      alarms: metrics.alarms,
      logs,
    };
    closers.push(
      () => tables.close(),
      () => queues.close(),
      () => functions.close(),
      () => buses.close(),
      () => schedules.close(),
      () => delivery.close(),
      () => sources.close(),
    );
    await journal?.restore();
    const stacks = await deployStack({ assembly, place, types: resourceTypes(services, assembly) });
    // Changes that clients have made since a deployment are about what is deployed, and hold before anybody asks.
    buses.begin();
    schedules.begin();
    // The others later: a call that came in between would be taken for one that a former run has left.
    gateway.serve([tables.service], 'more follow');
    const others = [
      queues.service,
      buckets.service,
      secrets.service,
      metrics.service,
      logs.service,
      stackService(stacks, clock.now()),
      machines.service,
      buses.service,
      schedules.service,
      identityService(place),
      lambdaService(withOutside(functions, delivery), sources.routes),
      ...delivery.services,
    ];
    const goOn = async (): Promise<void> => {
      if (journal !== undefined) closers.push(kept.begin());
      gateway.serve(others);
      gateway.serveOpen(FUNCTION_URL_PATH, (request) => functionUrls.answer(request));
      await machines.goOn();
      // With those that the journal has brought back.
      open = machines.running.all().size;
      openExecutions.set(open);
      sources.start();
      functions.resume();
      delivery.resume();
    };
    return { ...services, place, isFresh: kept.isFresh, goOn, close };
  } catch (error) {
    await close();
    throw error;
  }
}
