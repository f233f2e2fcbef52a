// One journey and one history: as the compiled state machines and the engine play it, and as it is walked by hand.
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { hashFraction } from '#lib/contracts/hash.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { answerOf, FIRST, type Told } from './histories.ts';
import { walk } from './walk.ts';
import type { WrittenJourney } from './steps.ts';

const heard = { n: 'number', day: 'date-time' };
const SETTINGS = {
  brand: { name: 'Shop' },
  timezone: 'UTC',
  locale: 'en',
  vocabulary: {
    events: { Start: heard, A: heard, B: heard, Told: heard, Goal: {}, Stop: {} },
    traits: { plan: 'text', renews: 'date-time', points: 'number' },
  },
  topics: { news: { name: 'News', withoutRecord: 'granted' } },
  senders: { default: { email: { from: 'Shop <shop@example.com>' }, sms: { sender: 'Shop' } } },
  functions: { score: { lambda: 'score', answer: { n: 'number' } } },
  endpoints: { crm: { url: 'https://crm.example.com' } },
};

const OTHER = {
  name: 'Other',
  status: 'live',
  entry: { api: true, reentry: 'always' },
  delivery: { topic: 'news', quietHours: 'none' },
  steps: [{ id: 'other', type: 'send', message: 'letter', channel: 'email' }],
};

/** The journey compiled, and another one that it may enter; or what the checks say against it. */
export function compiled({
  entry,
  goal,
  exit,
  delivery,
  steps,
}: WrittenJourney):
  | { readonly journeys: readonly CompiledJourney[] }
  | { readonly problems: readonly string[] } {
  const files = { main: { name: 'Main', status: 'live', entry, goal, exit, delivery, steps }, other: OTHER };
  const { diagnostics, journeys } = readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: JSON.stringify(SETTINGS) },
    journeys: Object.entries(files).map(([id, file]) => ({
      path: `journeys/${id}.json`,
      text: JSON.stringify(file),
    })),
    messages: [
      {
        id: 'letter',
        hash: '0123456789ab',
        channels: ['email', 'sms'],
        locales: ['en'],
        unsubscribe: true,
        file: 'messages/letter/message.json',
      },
    ],
  });
  const problems = diagnostics.filter(({ severity }) => severity === 'error');
  if (problems.length > 0) return { problems: problems.map(({ code, message }) => `${code}: ${message}`) };
  return { journeys: journeys.map(({ manifest }) => compileManifest(manifest)) };
}

const TOLD_KINDS: readonly LogEntry['kind'][] = [
  'enters',
  'refuses',
  'sends',
  'skips',
  'takes',
  'sets',
  'emits',
  'calls',
  'converts',
  'exits',
  'completes',
  'fails',
];

function line({ at, kind, step, branch, reason, outcome }: LogEntry): string {
  const way =
    kind === 'takes'
      ? (branch ?? '')
      : kind === 'skips' || kind === 'exits' || kind === 'fails'
        ? reason
        : undefined;
  const shown = [at, kind, kind === 'exits' ? undefined : step, way, kind === 'calls' ? outcome : undefined];
  return shown.filter((word) => word !== undefined).join(' ');
}

/** What happened to the customer in the journey, and how much of the language it met. */
export async function bothWays(
  journeys: readonly CompiledJourney[],
  journey: WrittenJourney,
  told: readonly Told[],
): Promise<{ readonly played: readonly string[]; readonly walked: readonly string[] }> {
  const played: string[] = [];
  const arms = new Map<string, string>();
  /** Of the call that has let in, the run. */
  const runs = new Map<string, string>();
  const simulation = new Simulation({
    journeys: {
      journeys,
      settings: { timezone: 'UTC', locale: 'en', topics: { news: { withoutRecord: 'granted' } } },
    },
    renderer: {
      channels: () => ['email', 'sms'],
      render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
    },
    start: fromMillis(FIRST),
    answers: ({ key }) => {
      const value = answerOf(key.split('/')[1] ?? '');
      return value === undefined ? { kind: 'refused', reason: 'it says no' } : { kind: 'answered', value };
    },
    onDecision: (_, entry) => {
      if (entry.kind === 'enters' && entry.journey === 'main') runs.set(entry.event ?? '', entry.run ?? '');
      if (entry.journey === 'main' && TOLD_KINDS.includes(entry.kind)) played.push(line(entry));
    },
  });
  for (const input of told) await simulation.feed({ external: 'ada', input });
  await simulation.runToEnd();
  for (const { splits, runs: left } of simulation.documents()) {
    for (const [experiment, arm] of Object.entries(splits)) arms.set(experiment.split('/')[1] ?? '', arm);
    for (const run of Object.keys(left)) played.push(`${run} has not ended`);
  }
  const spread = (step: string, entry: string, most: number): number =>
    Math.floor(hashFraction('spread', 'main', runs.get(entry) ?? '', step) * most);
  return { played, walked: walk({ journey, told, arms, spread }) };
}
