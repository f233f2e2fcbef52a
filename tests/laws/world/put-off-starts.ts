// Starts that the platform has no room for: a queue of their own keeps them.
import type { Engine } from '#lib/engine/use-cases/engine.ts';
import { puttingOffStarts } from '#lib/engine/use-cases/put-off-starts.ts';

/** The engine, with `putOff` told of each customer whose start was refused. */
export function withPutOffStarts(engine: Engine, putOff: (customer: string) => void): Engine {
  const { executions, clock } = engine.ports;
  const starts = { putOff: (customer: string) => Promise.resolve(putOff(customer)) };
  return { ...engine, ports: { ...engine.ports, executions: puttingOffStarts(executions, starts, clock) } };
}
