// What holds for every journey that the checks accept.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateMachine } from '#lib/compiler/lower/asl.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { pathCosts } from '#lib/compiler/transitions.ts';
import { transitionsByTable } from '#lib/compiler/transitions/by-table.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { manifestOf } from '../compiler/flows.ts';
import { ownProblems, validatorProblems } from '../compiler/machine-problems.ts';
import { chance } from './chance.ts';
import { directWalk } from './direct-walk.ts';
import { HARD_JOURNEYS } from './hard-journeys.ts';
import { journeys } from './journeys.ts';
import { playMachine, playable, type Playable } from './play-machine.ts';

const START = Date.parse('2026-03-27T10:00:00.000Z');
const seeds = fc.nat().map(String);

/** The machine of the first leg, and that of the later ones. */
function machinesOf(flow: Flow): StateMachine[] {
  const { machine, resume } = compileManifest(manifestOf(flow));
  return resume === undefined ? [machine] : [machine, resume];
}

describe('every journey', () => {
  it('compiles to a machine whose expressions parse and know their variables, whose states are reached and end', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        expect(machinesOf(flow).flatMap(ownProblems)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('compiles to a machine that asl-validator takes', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        expect(machinesOf(flow).flatMap(validatorProblems)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it('costs on each path what the design allows, no more and no less', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        for (const path of pathCosts(flow, 300).paths) expect(path.transitions).toBe(path.allowed);
      }),
      { numRuns: 200 },
    );
  });

  it('visits the steps that the graph says, whatever comes between, and enters as many states as the table says', async () => {
    await fc.assert(
      fc.asyncProperty(journeys, seeds, async (flow, seed) => {
        const { played, walked } = await bothWays(playable(compileManifest(manifestOf(flow))), seed);
        expect(played).toEqual(walked);
      }),
      { numRuns: 150 },
    );
  });

  it('visits the same steps at the same times in however many executions the run goes on', async () => {
    let legs = 0;
    await fc.assert(
      fc.asyncProperty(journeys, seeds, async (flow, seed) => {
        const result = await bothWays(playable(compileManifest(manifestOf(flow))), seed, true);
        legs = Math.max(legs, result.legs);
        expect(result.played).toEqual(result.walked);
      }),
      { numRuns: 150 },
    );
    expect(legs).toBeGreaterThan(3);
  });

  it.each(Object.entries(HARD_JOURNEYS))('runs as the graph says: %s', async (_, flow) => {
    const compiled = compileManifest(manifestOf(flow));
    expect(ownProblems(compiled.machine)).toEqual([]);
    const machine = playable(compiled);
    for (const path of pathCosts(flow, 300).paths) expect(path.transitions).toBe(path.allowed);
    for (let seed = 0; seed < 25; seed += 1) {
      for (const inLegs of [false, true]) {
        const { played, walked } = await bothWays(machine, String(seed), inLegs);
        expect(played).toEqual(walked);
      }
    }
  });

  it('compiles to the same text every time', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        const once = JSON.stringify(compileManifest(manifestOf(flow)));
        expect(JSON.stringify(compileManifest(manifestOf(structuredClone(flow))))).toBe(once);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the names of all other states when one step is changed', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), (flow, pick) => {
        const changeable = Object.keys(flow.nodes).filter((id) => changed(flow.nodes[id]) !== undefined);
        fc.pre(changeable.length > 0);
        const id = changeable[pick % changeable.length] ?? '';
        const node = changed(flow.nodes[id]);
        fc.pre(node !== undefined);
        const after = { ...flow, nodes: { ...flow.nodes, [id]: node } };
        const others = (of: Flow): string[] =>
          Object.keys(compileManifest(manifestOf(of)).machine.States).filter(
            (name) => name !== id && !name.startsWith(`${id} (`),
          );
        expect(others(after)).toEqual(others(flow));
        expect(compileManifest(manifestOf(after)).version).not.toBe(
          compileManifest(manifestOf(flow)).version,
        );
      }),
      { numRuns: 100 },
    );
  });
});

/** One run as the interpreter plays it and as the graph tells it. */
async function bothWays(
  journey: Playable,
  seed: string,
  inLegs = false,
): Promise<{ played: RunFacts; walked: RunFacts; legs: number }> {
  const happens = chance(seed, inLegs);
  const walk = directWalk(journey.flow, happens, START);
  const { visits, end, status, transitions, legs } = await playMachine(journey, happens, START);
  // A run that is stopped, or whose time-out came second, pays for less or more than its path.
  const undisturbed = legs === 1 && walk.late === 0 && ['completed', 'exited'].includes(walk.end);
  const allowed = transitionsByTable(journey.flow, walk.path) + 2 * walk.deferrals + walk.faults;
  return {
    played: { visits, end, status, transitions: undisturbed ? transitions : undefined },
    walked: {
      visits: walk.visits,
      end: walk.end,
      status: walk.end === 'failed' ? 'FAILED' : 'SUCCEEDED',
      transitions: undisturbed ? allowed : undefined,
    },
    legs,
  };
}

interface RunFacts {
  readonly visits: readonly string[];
  readonly end: string;
  readonly status: string;
  readonly transitions: number | undefined;
}

/** The same step with other settings: another message, an exact length instead of days and the other way round. */
function changed(node: FlowNode | undefined): FlowNode | undefined {
  switch (node?.kind) {
    case 'send':
      return { ...node, settings: { ...node.settings, message: 'other@000000000000', channels: ['sms'] } };
    case 'wait':
      return {
        kind: 'wait',
        for: node.for?.includes('day') === true ? '5 hours' : '5 days',
        next: node.next,
      };
    case 'waitFor': {
      const { kind, since, events, otherwise } = node;
      return {
        kind,
        since,
        events,
        otherwise,
        within: node.within?.includes('day') === true ? '5 hours' : '5 days',
      };
    }
    default:
      return undefined;
  }
}
