// Waits for events as an observer sees them: what the documents say was taken, and where the machines went.
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { armsOf } from '#lib/journey/waits.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { Commit } from './journal.ts';
import type { World } from './world.ts';

/** Time-outs that a document took although an event that counted had been decided before. */
export function missedEvents(world: World): string[] {
  return world.documents().flatMap(({ customer }) => {
    const commits = world.journal.of('commit').filter(({ after }) => after.customer === customer);
    const events = decidedEvents(world, customer, commits);
    return commits.flatMap((commit, index) =>
      commit.after.log.flatMap((entry) => {
        const { run: id = '', step = '', branch } = entry;
        if (entry.kind !== 'takes' || branch !== 'time is up') return [];
        const run = commit.before?.runs[id];
        const waiting = run?.waiting;
        // A wait that never registered is known to the state machine alone; tests/engine has its examples.
        if (run === undefined || waiting?.step !== step) return [];
        const node = waitAt(manifestOf(world, run.journey, run.version), step);
        const entered = commits.findIndex(({ after }) =>
          after.log.some((one) => one.kind === 'enters' && one.run === id),
        );
        return events
          .filter(
            ({ event, decided }) =>
              decided > entered && decided < index && event.at >= waiting.since && event.at < waiting.until,
          )
          .filter(({ event }) =>
            node?.events.some((arm) => arm.event === event.event && fits(arm.where, event, run.event)),
          )
          .map(
            ({ event }) =>
              `${id}: ${event.event} of ${event.at} was missed in ${step}, ${waiting.since} to ${waiting.until}`,
          );
      }),
    );
  });
}

/** Waits whose machine went another way than the document had decided. */
export function disagreements(world: World): string[] {
  const runs = new Map<string, { journey: string; version: string; taken: string[] }>();
  for (const { customer } of world.documents())
    for (const { entry } of world.journal.logOf(customer)) {
      const { run, journey = '', version = '', step = '', branch = '' } = entry;
      if (run === undefined) continue;
      const known = runs.get(run) ?? { journey, version, taken: [] };
      runs.set(run, known);
      if (entry.kind === 'takes' && waitAt(manifestOf(world, journey, version), step) !== undefined)
        known.taken.push(`${step}: ${branch}`);
    }
  return [...runs].flatMap(([run, { journey, version, taken }]) => {
    const manifest = manifestOf(world, journey, version);
    const entered = statesOf(world, run);
    return manifest === undefined
      ? []
      : wrongTurns(manifest, entered, taken).map((turn) => `${run}: ${turn}`);
  });
}

/** The states that a run has entered, with a mark where it went on in another leg. */
function statesOf(world: World, run: string): string[] {
  let leg: number | undefined;
  return world.journal.of('state').flatMap((one) => {
    if (one.run !== run) return [];
    const states = leg === undefined || leg === one.leg ? [one.state] : [NEXT_LEG, one.state];
    leg = one.leg;
    return states;
  });
}

/**
 * Where the wait at `index` begins anew because its date has moved: nothing has been taken then. At once, or where the Task behind
 * its time-out heard of it. Undefined where it does not.
 */
function beginsAnewAt(manifest: Manifest, entered: readonly string[], index: number): number | undefined {
  const name = entered[index];
  if (entered[index + 1] === name) return index + 1;
  let task = index + 1;
  while (task < entered.length && !isTask(manifest, entered[task] ?? '')) task += 1;
  const sent = entered[task + 1]?.endsWith(' (won)') === true ? task + 2 : task + 1;
  return entered[sent] === name ? sent : undefined;
}

const NEXT_LEG = '(next leg)';

/** Where a leg was left in a wait: the state with which the next one began; undefined where it was not. */
function resumedAt(entered: readonly string[], index: number): string | undefined {
  const ended = entered[index + 1] === 'run ended' ? index + 2 : index + 1;
  return entered[ended] === NEXT_LEG ? entered[ended + 2] : undefined;
}

/** Whether a run that goes on at `from` comes to the step with no call between: through gotos, and waits that it is parked in. */
function comesTo(manifest: Manifest, from: string | null, step: string): boolean {
  if (from === null || from === step) return from === step;
  const node = manifest.flow.nodes[from];
  if (node?.kind === 'wait') return comesTo(manifest, node.next, step);
  if (node?.kind !== 'goto') return false;
  return comesTo(manifest, node.next, step) || comesTo(manifest, node.target, step);
}

/** Follows a machine through its states, with what the document took at each wait in turn. */
function wrongTurns(manifest: Manifest, entered: readonly string[], taken: readonly string[]): string[] {
  const turns: string[] = [];
  let decided = 0;
  for (let index = 0; index < entered.length; index += 1) {
    const name = entered[index] ?? '';
    const node = waitAt(manifest, name);
    if (node === undefined) continue;
    const resumed = resumedAt(entered, index);
    if (resumed !== undefined) {
      // The document has ended the wait, or the run has left it for the steps of the goal.
      const ended = taken[decided];
      if (ended?.startsWith(`${name}: `) !== true) continue;
      decided += 1;
      const targets = [
        ...armsOf(node)
          .filter((arm) => ended === `${name}: ${arm.name}`)
          .map((arm) => arm.next),
        ...(ended === `${name}: time is up` ? [node.otherwise] : []),
      ];
      if (!targets.some((target) => comesTo(manifest, target, resumed)) && manifest.goal?.start !== resumed)
        turns.push(`${ended}, but the next leg began at ${resumed}`);
      continue;
    }
    const moved = node.date === undefined ? undefined : beginsAnewAt(manifest, entered, index);
    if (moved !== undefined) {
      index = moved - 1;
      continue;
    }
    // The Choice by arm stands between the wait and where it leads.
    const left = entered[index + 1]?.endsWith(' (arm)') === true ? index + 2 : index + 1;
    const next = place(entered[left], manifest);
    // Stopped inside the wait, or over with it.
    if (next === undefined) break;
    const said = taken[decided];
    decided += 1;
    const ways = armsOf(node)
      .filter((arm) => said === `${name}: ${arm.name}`)
      .map((arm) => place(arm.next ?? undefined, manifest));
    if (
      said === `${name}: time is up`
        ? next === place(node.otherwise ?? undefined, manifest)
        : ways.includes(next)
    )
      continue;
    // The time-out had left before: the Task that tells of it is sent to the arm.
    while (index + 1 < entered.length && !isTask(manifest, entered[index + 1] ?? '')) index += 1;
    index += 1;
    const sent = place(
      entered[index + 1]?.endsWith(' (won)') === true ? entered[index + 2] : entered[index + 1],
    );
    // A run that is over is told so by the same Task.
    if (said !== undefined && ways.length === 0 ? true : sent !== undefined && !ways.includes(sent))
      turns.push(`${said ?? `nothing taken at ${name}`}, but the machine went to ${next} and then ${sent}`);
  }
  return turns;
}

/** The step that a state belongs to; undefined at the end. */
function place(state: string | undefined, manifest?: Manifest): string | undefined {
  const step = state?.replace(/ \((?:now|deferred|arm|won|after a wait|time is up)\)$/, '');
  if (step === undefined || step === 'run ended' || step === 'run failed' || step === '(end)')
    return undefined;
  return manifest?.flow.nodes[step]?.kind === 'exit' ? undefined : step;
}

function isTask(manifest: Manifest, state: string): boolean {
  const kind = manifest.flow.nodes[state]?.kind;
  return kind === 'send' || kind === 'waitFor' || state.endsWith(' (now)') || state === '(end)';
}

interface Decided {
  readonly event: CustomerEvent;
  /** Index of the commit that decided it. */
  readonly decided: number;
}

/** Events in the order in which the document decided them: the revision from which on it knows their ids. */
function decidedEvents(world: World, customer: string, commits: readonly Commit[]): Decided[] {
  const events = new Map<string, CustomerEvent>();
  for (const { input, customer: of } of world.journal.of('told'))
    if (of === customer && input.kind === 'event') events.set(input.id, input);
  return [...events.values()].flatMap((event) => {
    const decided = commits.findIndex(
      ({ before, after }) => after.recent.includes(event.id) && before?.recent.includes(event.id) !== true,
    );
    return decided === -1 ? [] : [{ event, decided }];
  });
}

/** The only condition that waits of the laws' journeys have. */
function fits(where: unknown, event: CustomerEvent, entry: Readonly<Record<string, unknown>>): boolean {
  return where === undefined || event.properties['cart'] === entry['cart'];
}

function manifestOf(world: World, journey: string, version: string): Manifest | undefined {
  return world.manifests.find((one) => one.journey === journey && one.version === version);
}

function waitAt(manifest: Manifest | undefined, step: string): NodeOf<'waitFor'> | undefined {
  const node = manifest?.flow.nodes[step];
  return node?.kind === 'waitFor' ? node : undefined;
}
