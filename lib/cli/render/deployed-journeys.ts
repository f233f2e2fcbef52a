// The journeys of an environment as a table.
import type { JourneySwitch } from '#lib/engine/ports.ts';
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';
import { renderTable } from './table.ts';

export interface DeployedJourney {
  readonly journey: string;
  /** What its file says. */
  readonly status: 'live' | 'paused' | 'retired' | 'draft' | 'no file';
  /** What overrules the file. */
  readonly switch?: JourneySwitch;
  /** Why the breaker has paused it, and when. */
  readonly breaker?: { readonly reason: string; readonly at: string };
  /** It sends transactional messages, which the breaker leaves alone: only its marketing is held. */
  readonly transactional?: boolean;
  /** The version that its file compiles to, and whether it is deployed. */
  readonly newest?: string;
  readonly deployed?: boolean;
  /** Deployed versions besides. */
  readonly older: number;
}

/** Ends with a newline. */
export function renderDeployedJourneys(journeys: readonly DeployedJourney[], colours: Colours): string {
  if (journeys.length === 0) return 'There are no journeys.\n';
  const rows = journeys.map((one) => [
    one.journey,
    stateOf(one, colours),
    one.newest ?? '',
    one.newest === undefined || one.deployed === true ? '' : colours.yellow('not deployed yet'),
    one.older === 0 ? '' : counted(one.older, 'older version'),
  ]);
  const columns = ['journey', 'state', 'newest version', '', ''].map((title) => ({ title }));
  return renderTable(columns, rows, colours);
}

function stateOf(
  { status, switch: overruled, breaker, transactional }: DeployedJourney,
  colours: Colours,
): string {
  // A retired journey stays retired, and what is not deployed cannot be switched.
  if (overruled === undefined || status === 'retired' || status === 'draft') return painted(status, colours);
  if (overruled === 'tripped')
    return `${transactional === true ? `${painted(status, colours)}, its marketing ${painted('paused', colours)}` : painted('paused', colours)}, by the breaker at ${breaker?.at ?? ''}: ${breaker?.reason ?? ''}`;
  if (overruled === status) return painted(status, colours);
  return `${painted(overruled, colours)}, by a switch (its file: ${status})`;
}

function painted(state: DeployedJourney['status'], colours: Colours): string {
  if (state === 'live') return colours.green(state);
  return state === 'paused' ? colours.yellow(state) : state;
}
