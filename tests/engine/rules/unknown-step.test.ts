import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { RUN_ENDED } from '#lib/contracts/faults.ts';
import type { RunInput } from '#lib/contracts/step-calls.ts';
import { decide } from '#lib/engine/decide.ts';
import { newDocument } from '#lib/engine/document.ts';
import type { Input } from '#lib/engine/input.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { SETTINGS, awaiting, letter, manifest } from '../../laws/world/journeys.ts';
import { START, idOf } from '../../laws/world/world.ts';

const ADA = idOf('ada');
const journey = compileManifest(
  manifest('journey', 'Signed Up', {
    wait: awaiting('1 hour', [['Clicked', null]], 'letter'),
    letter: letter('letter', null),
  }),
);
const context = {
  now: START,
  workspace: createWorkspace({
    manifests: [journey.manifest],
    newest: { journey: journey.version },
    settings: SETTINGS,
  }),
};

/** Ada is inside; her run, as its execution knows it. */
function inside() {
  const event: Input = {
    kind: 'event',
    id: '1',
    at: START,
    received: START,
    event: 'Signed Up',
    properties: {},
  };
  const { document } = decide(newDocument(ADA, 'ada', START), event, context);
  const [found] = Object.entries(document.runs);
  if (found === undefined) throw new Error('nobody was let in');
  const [id, { version, leg }] = found;
  return { document, run: { run: id, leg, customer: ADA, journey: 'journey', version } satisfies RunInput };
}

const call = { attempt: 0, loop: { visit: 1, round: 0, jumps: {} } };

describe('a call about a step that the version does not have', () => {
  it.each<[string, (run: RunInput) => Input]>([
    [
      'one that it names as its own',
      (run) => ({
        kind: 'await',
        call: { ...call, run, token: 't', step: { id: 'nowhere', since: START, until: START } },
      }),
    ],
    [
      'one that is no wait',
      (run) => ({
        kind: 'await',
        call: { ...call, run, token: 't', step: { id: 'letter', since: START, until: START } },
      }),
    ],
    [
      'one that is to follow',
      (run) => ({ kind: 'decide', call: { ...call, run, step: { id: 'wait' }, next: 'nowhere' } }),
    ],
  ])('ends the run at once, and tells why: %s', (_, input) => {
    const { document, run } = inside();
    const decision = decide(document, input(run), context);
    expect(decision.answer).toMatchObject({ kind: 'leave', name: RUN_ENDED });
    expect(decision.document.runs).toEqual({});
    expect(decision.document.tallies.journey).toMatchObject({ entered: 1, failed: 1 });
    expect(decision.log).toMatchObject([{ kind: 'fails', reason: 'PayloadNotUnderstood' }]);
  });

  it('of a version that is not deployed yet is tried again', () => {
    const { document, run } = inside();
    const input: Input = { kind: 'decide', call: { ...call, run, step: { id: 'wait' }, next: null } };
    const before = {
      ...context,
      workspace: createWorkspace({ manifests: [], newest: {}, settings: SETTINGS }),
    };
    const decision = decide(document, input, before);
    expect(decision.answer).toMatchObject({ kind: 'fault' });
    expect(decision.document).toBe(document);
  });
});
