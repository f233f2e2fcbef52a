// Workspaces for `wend test`: a thousand scenarios, and one of a virtual year with fifty waits.
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadWorkspace } from '#lib/cli/load-workspace.ts';
import { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';

const WORKSPACE = resolve(import.meta.dirname, '../../workspace');
/** How often the long scenario is played; the median counts. */
const RUNS = 5;

interface TestFile {
  scenarios: { name: string }[];
}

/** The starter workspace with its scenarios over and over again; the caller removes the folder. */
export function writeManyScenarios(wanted: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'wend-scenarios-'));
  cpSync(WORKSPACE, folder, { recursive: true });
  const tests = join(folder, 'tests');
  const files = readdirSync(tests).map((name) => join(tests, name));
  const texts = files.map((path): TestFile => {
    return JSON.parse(readFileSync(path, 'utf8')) as TestFile;
  });
  const count = texts.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  for (const [index, path] of files.entries()) {
    const file = texts[index] ?? { scenarios: [] };
    const rounds = Array.from({ length: Math.ceil(wanted / count) }, (_, round) =>
      file.scenarios.map((one) => ({ ...one, name: `${one.name} (${round})` })),
    );
    writeFileSync(path, JSON.stringify({ ...file, scenarios: rounds.flat() }));
  }
  return folder;
}

/** Milliseconds that one scenario of a year with fifty waits takes, once its journey is compiled. */
export async function measureYear(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-year-'));
  cpSync(WORKSPACE, folder, { recursive: true });
  writeFileSync(join(folder, 'journeys', 'long.json'), JSON.stringify(LONG));
  writeFileSync(join(folder, 'tests', 'long.json'), JSON.stringify(YEAR));
  const { settings, scenarios, ...workspace } = await loadWorkspace(folder);
  const placed = scenarios.find(({ journey }) => journey === 'long');
  if (settings === undefined || placed === undefined) throw new Error('the long scenario has errors');
  const player = ScenarioPlayer.of({ ...workspace, settings });
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const { passed } = await player.play(placed);
    if (!passed) throw new Error('the long scenario fails');
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

const LONG = {
  name: 'Long',
  status: 'live',
  entry: { event: 'Product Added' },
  delivery: { topic: 'promotions' },
  steps: Array.from({ length: 50 }, (_, index) => [
    { id: `wait-${index}`, type: 'wait', for: '7 days', until: '10:00' },
    { id: `send-${index}`, type: 'send', message: 'free-delivery', channel: 'email' },
  ]).flat(),
};

const YEAR = {
  journey: 'long',
  scenarios: [
    {
      name: 'a year',
      start: '2026-01-01T10:00:00Z',
      customers: [{ id: 'anna', traits: { email: 'anna@example.com' }, consent: { promotions: ['email'] } }],
      timeline: [{ at: '0 minutes', event: 'Product Added', properties: { name: 'Vase', price: 50 } }],
      expect: [{ sends: 'free-delivery', step: 'send-49' }, { completes: true }],
    },
  ],
};
