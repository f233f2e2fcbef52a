// The lines that a play writes: what was decided about whom, and what was sent. Public: scripts and journey tests read them.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { RenderedMessage } from '#lib/engine/ports.ts';

/** A line of the trace: a log entry, and who it is about. `external` is the stream's own user id. */
export interface TraceLine extends LogEntry {
  readonly customer: string;
  readonly external: string;
}

/** A line of the outbox: a message as it would have left. */
export interface OutboxLine extends RenderedMessage {
  readonly at: Instant;
  readonly customer: string;
  readonly external: string;
  readonly journey: string;
  readonly run: string;
  readonly step: string;
  readonly visit: number;
  /** message@hash */
  readonly message: string;
}

/** The entry as a line, its fields in the order in which people look for them. */
export function traceLine(entry: LogEntry, customer: string, external: string): TraceLine {
  const { at, journey, run, kind, step, ...rest } = entry;
  return {
    at,
    customer,
    external,
    ...(journey !== undefined && { journey }),
    ...(run !== undefined && { run }),
    kind,
    ...(step !== undefined && { step }),
    ...rest,
  };
}
