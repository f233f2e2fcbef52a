import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { branch, flowOf, goto, manifestOf, send, split, wait, waitFor } from './flows.ts';
import { machineProblems } from './machine-problems.ts';

function machineOf(flow: Flow) {
  return compileManifest(manifestOf(flow)).machine;
}

describe('compileManifest', () => {
  it('gives each step one state named by its id, and adds only what the way there needs', () => {
    const machine = machineOf(
      flowOf({
        'give-time': wait('1 hour', 'remind'),
        remind: send('remind', 'looked-again'),
        'looked-again': waitFor('2 days', ['help'], 'worth-more'),
        'worth-more': branch(['personal'], 'offer'),
        personal: send('personal', null),
        offer: send('offer', null),
        help: send('help', null),
      }),
    );
    expect(Object.keys(machine.States)).toEqual([
      'give-time',
      'remind',
      'remind (deferred)',
      'looked-again',
      'worth-more (now)',
      'worth-more',
      'personal',
      'personal (deferred)',
      'offer',
      'offer (deferred)',
      'help',
      'help (deferred)',
      'run failed',
      'failed',
      'run ended',
    ]);
    expect(machineProblems(machine)).toEqual([]);
  });

  it('compiles a loop around a wait whose time-out is settled by a step reached in two ways', () => {
    const machine = machineOf(
      flowOf({
        first: send('first', 'answered'),
        answered: waitFor('2 hours', ['pause'], 'again'),
        pause: wait('1 day', 'again'),
        again: send('again', 'again (goto)'),
        'again (goto)': goto('answered', 'draw', 3),
        draw: split(['second-draw', 'bye']),
        'second-draw': split(['bye', null]),
        bye: send('bye', null),
      }),
    );
    expect(machineProblems(machine)).toEqual([]);
  });
});
