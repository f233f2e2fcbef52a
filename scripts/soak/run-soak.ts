// One soak: a stream of events for some minutes, samples of what is held, and at the end whether everything came to rest.
import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf } from '../sample-stream/chance.ts';
import { openClients, type Clients } from './clients.ts';
import { CloudProcess } from './cloud-process.ts';
import { measureLatency } from './latency.ts';
import { Ledger } from './ledger.ts';
import type { Life } from './lives.ts';
import { Population } from './population.ts';
import { takeSample, type Sample } from './sample.ts';
import { Sender } from './sender.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Events a second. */
  readonly rate: number;
  readonly speed: number;
  readonly port: number;
  /** Folder that keeps everything; undefined: memory. */
  readonly data: string | undefined;
  /** How many customers there are in the end. */
  readonly customers: number;
  readonly seed: number;
  /** The process is killed now and then; needs `data`. */
  readonly isKilled: boolean;
  readonly lives: readonly Life[];
  readonly onSample: (sample: Sample) => void;
  readonly onNotice: (text: string) => void;
}

export interface Soak {
  readonly cloud: CloudProcess;
  readonly clients: Clients;
  readonly ledger: Ledger;
  readonly samples: readonly Sample[];
  readonly sender: Sender;
  /** Real seconds for which events came. */
  readonly seconds: number;
  /** Real milliseconds from PutEvents to the decision. */
  readonly latency: readonly number[];
  readonly kills: number;
  /** Real seconds that each start has taken. */
  readonly starts: readonly number[];
  /** Real seconds until the queues were empty; undefined: they were not. */
  readonly drainSeconds: number | undefined;
  /** When the clock of the business was stopped: whatever was due by then is done. */
  readonly stoppedAt: number;
}

const SAMPLE_MILLIS = 10_000;
/** For so much of the time the population grows. */
const GROWING = 0.4;
/** Between two kills, in milliseconds of its being up: from its first work on, until queues, waits and timers are in full swing. */
const KILL_AFTER = [5_000, 40_000] as const;
/** Whatever is in the queues then is stuck. */
const MOST_DRAIN_MILLIS = 300_000;

/** The cloud still runs when it resolves. @throws Error where it does not start or ends by itself. */
export async function runSoak(options: SoakOptions): Promise<Soak> {
  const { minutes, rate, customers, seed, data, lives, isKilled } = options;
  const cloud = new CloudProcess(options);
  const chance = chanceOf(seed);
  await cloud.start();
  const starts = [cloud.startSeconds];
  const about = await cloud.ask<{ region: string; deployment: string }>('/api/about');
  const clients = await openClients(cloud.endpoint, about.region, about.deployment);
  const ledger = new Ledger();
  const population = new Population(lives, customers, chance);
  const samples: Sample[] = [];
  const begun = performance.now();
  const passed = (): number => performance.now() - begun;
  /** Without the time in which the cloud was down. */
  let all = minutes * 60_000;
  let now = await clockOf(cloud);
  const sender = new Sender({
    client: clients.bus.client,
    bus: clients.bus.name,
    rate,
    next: () => population.next(passed() / (all * GROWING), now),
    onAcknowledged: (call) => ledger.note(call),
  });
  const end = new AbortController();
  const sending = sender.run(end.signal);
  // Latency is that of a cloud that is up.
  const measuring = isKilled ? [] : measureLatency(clients, end.signal);
  const sample = async (): Promise<void> => {
    const known = { seconds: passed() / 1000, events: sender.acknowledged, customers: population.size };
    const taken = await takeSample(cloud, clients, data, known);
    now = Date.parse(taken.now);
    samples.push(taken);
    options.onSample(taken);
  };
  const soaking = async (): Promise<void> => {
    let killAt = isKilled ? passed() + chance.between(...KILL_AFTER) : Number.POSITIVE_INFINITY;
    while (passed() < all) {
      await pause(Math.max(0, Math.min(SAMPLE_MILLIS, killAt - passed(), all - passed())));
      if (passed() >= killAt) {
        await cloud.kill();
        const down = performance.now();
        await cloud.start();
        all += performance.now() - down;
        starts.push(cloud.startSeconds);
        options.onNotice(
          `killed after ${Math.round(passed() / 1000)} s; up again after ${cloud.startSeconds.toFixed(1)} s`,
        );
        killAt = passed() + chance.between(...KILL_AFTER);
      } else await sample();
    }
  };
  try {
    const [latency] = await Promise.all([measuring, soaking().finally(() => end.abort())]);
    const seconds = passed() / 1000;
    await sending;
    const { stoppedAt, drainSeconds } = await comeToRest(cloud);
    await sample();
    return {
      cloud,
      clients,
      ledger,
      samples,
      sender,
      seconds,
      latency,
      kills: starts.length - 1,
      starts,
      drainSeconds,
      stoppedAt,
    };
  } catch (error) {
    end.abort();
    await cloud.kill();
    throw error;
  }
}

/** What the clock of the business shows. */
async function clockOf(cloud: CloudProcess): Promise<number> {
  const { now } = await cloud.ask<{ readonly now: string }>('/api/clock');
  return Date.parse(now);
}

/**
 * The business's time stands, and what is due by then is worked off. A run that was begun late, behind all others, comes to a wait that
 * is over already, and Step Functions lets no wait end before a second has passed: so a minute does, twice, for a step and the one behind it.
 */
async function comeToRest(cloud: CloudProcess): Promise<Pick<Soak, 'stoppedAt' | 'drainSeconds'>> {
  await cloud.ask('/api/clock', { pause: true });
  const begun = performance.now();
  const stoppedAt = await clockOf(cloud);
  let isEmpty = await drain(cloud);
  for (let minute = 1; isEmpty && minute <= 2; minute += 1) {
    await cloud.ask('/api/clock', { jumpTo: new Date(stoppedAt + minute * 60_000).toISOString() });
    isEmpty = await drain(cloud);
  }
  return { stoppedAt, drainSeconds: isEmpty ? (performance.now() - begun) / 1000 : undefined };
}

/** Waits until nothing is under way, while no time passes. */
async function drain(cloud: CloudProcess): Promise<boolean> {
  const begun = performance.now();
  let quiet = 0;
  while (performance.now() - begun < MOST_DRAIN_MILLIS) {
    await pause(500);
    quiet = (await isAtRest(cloud)) ? quiet + 1 : 0;
    // A batch waits for a second before it is read, and the outbox of a decision is told behind it.
    if (quiet === 6) return true;
  }
  return false;
}

interface AtWork {
  readonly queues: readonly {
    readonly waiting: number;
    readonly inFlight: number;
    readonly delayed: number;
    readonly isDeadLetterQueue: boolean;
  }[];
  readonly functions: readonly { readonly running: number }[];
}

async function isAtRest(cloud: CloudProcess): Promise<boolean> {
  const { jumpingTo } = await cloud.ask<{ readonly jumpingTo?: string }>('/api/clock');
  if (jumpingTo !== undefined) return false;
  const { queues, functions } = await cloud.ask<AtWork>('/api/operations');
  return (
    functions.every(({ running }) => running === 0) &&
    queues.every(
      ({ waiting, inFlight, delayed, isDeadLetterQueue }) =>
        isDeadLetterQueue || waiting + inFlight + delayed === 0,
    )
  );
}
