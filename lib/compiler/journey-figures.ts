/**
 * What is known of a journey before it ships, in figures: the most messages that one customer can get, and what a thousand runs
 * of each path cost.
 */
import { isEndless } from './checks/flow-graph.ts';
import { mostMessages, type MostMessages } from './most-messages.ts';
import { pathTransitions } from './transitions.ts';
import type { UnnamedManifest } from './version.ts';

/**
 * What AWS asks for a million state transitions of standard workflows, in US dollars, without the free 4,000 of each month.
 * https://aws.amazon.com/step-functions/pricing/
 */
export const PRICE_OF_TRANSITIONS = { region: 'us-east-1', dollarsPerMillion: 25 } as const;

/** Paths that are listed for one journey: more of them nobody reads, and forks that follow each other make thousands. */
const MOST_PATHS = 30;

/** One way through a journey. */
export interface PathFigures {
  /** What tells it from the others, such as `looked-again: time is up`. */
  readonly ways: readonly string[];
  /** Reason of the exit at its end, if it ends with one. */
  readonly exit?: string;
  /** Step Functions transitions of one run, without deferrals and retries. */
  readonly transitions: number;
  /** US dollars for a thousand runs; Step Functions alone, which is the largest part. */
  readonly dollarsPerThousandRuns: number;
}

export interface JourneyFigures {
  readonly journey: string;
  readonly marketing: MostMessages;
  readonly transactional: MostMessages;
  readonly paths: readonly PathFigures[];
  /** False where it has more paths than are listed. */
  readonly allPaths: boolean;
}

/** Undefined for a journey that can go round without end, which the checks refuse. */
export function journeyFigures(manifest: UnnamedManifest): JourneyFigures | undefined {
  if (isEndless(manifest.flow)) return undefined;
  const { paths, complete } = pathTransitions(manifest.flow, MOST_PATHS);
  return {
    journey: manifest.journey,
    marketing: mostMessages(manifest, 'marketing'),
    transactional: mostMessages(manifest, 'transactional'),
    paths: paths.map(({ ways, exit, transitions }) => ({
      ways,
      ...(exit === undefined ? {} : { exit }),
      transitions,
      dollarsPerThousandRuns: dollars(transitions * 1000),
    })),
    allPaths: complete,
  };
}

/** To a hundredth of a cent. */
function dollars(transitions: number): number {
  return Math.round((transitions * PRICE_OF_TRANSITIONS.dollarsPerMillion) / 100) / 10_000;
}
