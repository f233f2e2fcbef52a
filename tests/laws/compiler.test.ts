// What holds for every journey that the checks accept.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { pathCosts } from '#lib/compiler/transitions.ts';
import { transitionsByTable } from '#lib/compiler/transitions/by-table.ts';
import { manifestOf } from '../compiler/flows.ts';
import { ownProblems, validatorProblems } from '../compiler/machine-problems.ts';
import { chance } from './chance.ts';
import { directWalk } from './direct-walk.ts';
import { journeys } from './journeys.ts';
import { playMachine } from './play-machine.ts';

const START = Date.parse('2026-03-27T10:00:00.000Z');
const seeds = fc.nat().map(String);

describe('every journey', () => {
  it('compiles to a machine whose expressions parse and know their variables, whose states are reached and end', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        expect(ownProblems(compileManifest(manifestOf(flow)).machine)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('compiles to a machine that asl-validator takes', () => {
    fc.assert(
      fc.property(journeys, (flow) => {
        expect(validatorProblems(compileManifest(manifestOf(flow)).machine)).toEqual([]);
      }),
      { numRuns: 15 },
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

  it('visits the steps that the graph says, whatever comes between', async () => {
    await fc.assert(
      fc.asyncProperty(journeys, seeds, async (flow, seed) => {
        const happens = chance(seed, false);
        const walk = directWalk(flow, happens, START);
        const played = await playMachine(compileManifest(manifestOf(flow)), happens, START);
        const { visits, end } = played;
        expect({ visits, end }).toEqual({ visits: walk.visits, end: walk.end });
        expect(played.status).toBe(walk.end === 'failed' ? 'FAILED' : 'SUCCEEDED');
      }),
      { numRuns: 150 },
    );
  });

  it('enters as many states as the table says, deferrals and retries counted', async () => {
    await fc.assert(
      fc.asyncProperty(journeys, seeds, fc.boolean(), async (flow, seed, calm) => {
        const happens = chance(seed, calm);
        const walk = directWalk(flow, happens, START);
        fc.pre(walk.late === 0 && ['completed', 'exited'].includes(walk.end));
        const played = await playMachine(compileManifest(manifestOf(flow)), happens, START);
        expect(played.transitions).toBe(
          transitionsByTable(flow, walk.path) + 2 * walk.deferrals + walk.faults,
        );
      }),
      { numRuns: 200 },
    );
  });
});
