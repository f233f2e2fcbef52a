// Plays the crowd and counts what its messages have cost.
import process from 'node:process';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import { play } from '#lib/simulator/play.ts';

/** What a play of the crowd came to. */
export interface Pace {
  readonly sent: number;
  readonly calls: number;
  readonly expired: number;
  readonly failed: number;
  /** Messages that had to wait for their turn, and how often one of them had to at most. */
  readonly waited: number;
  readonly mostWaits: number;
  readonly mostInASecond: number;
  /** Messages that went out before one that was due no later and was asked for earlier. */
  readonly overtakers: number;
  readonly transitions: number;
  /** When the last message went out. */
  readonly last: string;
  readonly seconds: number;
  /** The most memory that the process had at any time. */
  readonly megabytes: number;
}

const renderer: Renderer = {
  channels: () => ['email'],
  render: (message, channel, to, locale) => ({ channel, to, locale, subject: message, text: 'Hello' }),
};

/** One message a second on the channel e-mail. */
export async function measure(events: string, journey: CompiledJourney): Promise<Pace> {
  const started = performance.now();
  const waits = new Map<string, number>();
  const seconds = new Map<string, number>();
  let [calls, overtakers, latest, last] = [0, 0, -1, ''];
  const { report } = await play({
    events,
    journeys: [journey],
    settings: {
      timezone: 'UTC',
      locale: 'en',
      topics: { promotions: { withoutRecord: 'granted' } },
      perSecond: { email: 1 },
      explains: 'nothing',
    },
    renderer,
    onTrace: ({ kind, external }) => {
      if (kind === 'defers') waits.set(external, (waits.get(external) ?? 0) + 1);
    },
    onMessage: ({ at, external }) => {
      const index = Number(external.slice(1));
      calls += 1;
      if (index < latest) overtakers += 1;
      latest = Math.max(latest, index);
      last = at;
      const second = at.slice(0, 19);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    },
  });
  const figures = Object.values(report.messages)[0]?.['email'];
  const [runs] = Object.values(report.journeys);
  return {
    sent: figures?.sent ?? 0,
    calls,
    expired: figures?.skipped['expired'] ?? 0,
    failed: runs?.failed ?? 0,
    waited: waits.size,
    mostWaits: [...waits.values()].reduce((most, count) => Math.max(most, count), 0),
    mostInASecond: [...seconds.values()].reduce((most, count) => Math.max(most, count), 0),
    overtakers,
    transitions: runs?.transitions ?? 0,
    last,
    seconds: (performance.now() - started) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}
