// A local cloud that keeps its state is killed in the middle of its work, twice: whatever was acknowledged is there, once, and goes on.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesise } from '#lib/laptop/synthesise.ts';
import { chanceOf } from '../../scripts/sample-stream/chance.ts';
import { openClients, type Clients } from '../../scripts/soak/clients.ts';
import { compareProfiles } from '../../scripts/soak/compare-profiles.ts';
import { Ledger } from '../../scripts/soak/ledger.ts';
import { readLives } from '../../scripts/soak/lives.ts';
import { Population } from '../../scripts/soak/population.ts';
import { Sender } from '../../scripts/soak/sender.ts';
import { takenMessages } from '../../scripts/soak/taken-messages.ts';
import { freePorts } from './free-ports.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? '', 'kill-'));
const assembly = join(folder, 'assembly');
const data = join(folder, 'data');
const HOUR = 3_600_000;

interface Opened {
  readonly region: string;
  readonly deployment: string;
  readonly endpoint: string;
}

interface State {
  readonly now: number;
  readonly atWork: number;
  readonly running: readonly string[];
}

let port = 0;
let child: ChildProcess | undefined;

async function start(...words: readonly string[]): Promise<Opened> {
  child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'killed-cloud.ts'), assembly, data, String(port), ...words],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let said = '';
  child.stderr?.on('data', (text) => (said += String(text)));
  const [opened] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(said))),
  ])) as [Opened];
  return opened;
}

async function kill(): Promise<void> {
  if (child?.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Time stands, there or where it stood. */
async function standAt(instant: string): Promise<State> {
  const answer = child && once(child, 'message');
  child?.send(instant);
  const [state] = (await answer) as [State];
  return state;
}

async function rest(): Promise<State> {
  let state = await standAt('');
  for (let quiet = 0; quiet < 5;) {
    await pause(200);
    state = await standAt('');
    quiet = state.atWork === 0 ? quiet + 1 : 0;
  }
  return state;
}

describe('a local cloud that is killed', { timeout: 400_000 }, () => {
  const ledger = new Ledger();
  let clients: Clients;
  let before: State;
  let after: State;

  beforeAll(async () => {
    const variables = { ...process.env };
    await synthesise({
      repository: ROOT,
      into: assembly,
      compileCache: join(ROOT, 'node_modules/.cache/wend/compiled'),
      environment: 'test',
      node: process.execPath,
      variables,
      signal: new AbortController().signal,
    });
    port = await freePorts();
    const { endpoint, region, deployment } = await start();
    clients = await openClients(endpoint, region, deployment);
    const chance = chanceOf(7);
    const population = new Population(
      await readLives(join(ROOT, 'workspace/events/sample.jsonl.gz')),
      20,
      chance,
    );
    let put = 0;
    const sender = new Sender({
      client: clients.bus.client,
      bus: clients.bus.name,
      rate: 10,
      next: () => population.next((put += 1) / 30, Date.parse('2026-03-02T09:00:00Z')),
      onAcknowledged: (call) => ledger.note(call),
    });
    const end = new AbortController();
    const sending = sender.run(end.signal);
    for (let count = 0; count < 2; count += 1) {
      await pause(chance.between(2000, 4000));
      await kill();
      await start();
    }
    await pause(1000);
    end.abort();
    await sending;
    before = await rest();
    // Whoever is in the middle of a journey when the process dies goes on.
    await kill();
    await start('paused');
    after = await rest();
  }, 400_000);

  afterAll(async () => {
    clients.close();
    await kill();
  });

  /** What the kill has cut off is tried again, some seconds later. */
  function nothingIsBroken(now: number): Promise<void> {
    const broken = async () => (await compareProfiles(clients, ledger, now)).broken;
    return expect.poll(broken, { timeout: 120_000, interval: 500 }).toEqual([]);
  }

  it('has every customer and every order that were acknowledged, once', async () => {
    await nothingIsBroken(after.now);
    const { orders, customers } = await compareProfiles(clients, ledger, after.now);
    expect(customers).toBe(20);
    expect(orders).toBeGreaterThan(0);
  });

  it('has the executions that ran, and time where it was', () => {
    expect(before.running.length).toBeGreaterThan(0);
    expect(new Set(after.running)).toEqual(new Set(before.running));
    expect(after.now).toBeGreaterThanOrEqual(before.now);
  });

  it('ends waits at their instants, and sends no marketing message twice', async () => {
    const { now } = await standAt(new Date(after.now + 30 * HOUR).toISOString());
    const state = await rest();
    await nothingIsBroken(now);
    const { waits, marketing } = await compareProfiles(clients, ledger, now);
    expect(waits.length).toBeGreaterThan(0);
    expect(state.running).not.toEqual(after.running);
    await kill();
    const taken = await takenMessages(data);
    expect([...marketing].filter((key) => (taken.get(key)?.size ?? 0) > 1)).toEqual([]);
    expect(taken.size).toBeGreaterThan(0);
  });
});
