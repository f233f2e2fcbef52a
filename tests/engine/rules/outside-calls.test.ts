// The steps `invoke` and `webhook`: what is kept of an answer, what is tried again, what has failed and what follows from it.
import { describe, expect, it } from 'vitest';
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import { MOST_CALL_ATTEMPTS } from '#lib/engine/budgets.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { acting, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const ASK: ActionSettings = {
  type: 'invoke',
  id: 'ask',
  function: 'score',
  input: {},
  saveAs: 'score',
  onFailure: 'continue',
};

/** The answer decides a branch, and `printed` of it is printed somewhere. */
function inside(settings: Partial<typeof ASK> = {}, printed: readonly string[] = []): Bench {
  const nodes: Record<string, FlowNode> = {
    ask: acting({ ...ASK, ...settings } as ActionSettings, 'which'),
    which: {
      kind: 'branch',
      cases: [
        { name: 'high', when: { 'saved.score.value': { gte: 70 } }, next: 'rest' },
        { name: 'known', when: { 'saved.score.value': { exists: true } }, next: 'rest' },
      ],
      otherwise: 'rest',
    },
    rest: pause('9 days', null),
  };
  const saved = { score: [...printed] };
  const ada = new Bench([manifest('journey', 'Signed Up', nodes, { saved })]);
  ada.event('Signed Up');
  return ada;
}

const answered = (value: unknown) => ({ kind: 'answered', value }) as const;

describe('an answer', () => {
  it('is kept as far as it is used, and decides what follows', () => {
    const ada = inside({}, ['name']);
    expect(ada.act('ask', { plan: 'gold' })).toEqual({ kind: 'call', body: { plan: 'gold' } });
    expect(ada.told('calls')).toEqual([]);
    ada.called('ask', answered({ value: 80, name: 'hot', more: 'x' }));
    expect(ada.run.saved).toEqual({ score: { value: 80, name: 'hot' } });
    expect(ada.told('calls', 'takes')).toEqual(['calls ask answered', 'takes which high']);
  });

  it('that is no object is a failure where it should be kept, and none where nothing is', () => {
    for (const value of [[1], 'ok', 7, null]) {
      const ada = inside();
      ada.called('ask', answered(value));
      expect(ada.told('calls')).toEqual(['calls ask the answer is no JSON object failed']);
      const ben = inside({ saveAs: undefined });
      ben.called('ask', answered(value));
      expect(ben.told('calls')).toEqual(['calls ask answered']);
    }
  });

  it('that is too large is kept in part: the large properties are left out, and named', () => {
    const ada = inside({}, ['text', 'name']);
    ada.called('ask', answered({ value: 1, name: 'n', text: 'x'.repeat(9000) }));
    expect(ada.run.saved).toEqual({ score: { value: 1, name: 'n' } });
    expect(ada.told('ignores')).toEqual(['ignores too large to keep: score.text']);
    const ben = inside({}, ['*']);
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`p${n}`, 'x'.repeat(1500)]));
    ben.called('ask', answered(many));
    expect(ben.run.saved).toEqual({ score: {} });
    expect(ben.told('ignores')[0]).toContain('too large to keep: score.p0, score.p1');
  });

  it('to a later visit takes the place of the one before, and a failure then takes it away', () => {
    const ada = inside();
    ada.called('ask', answered({ value: 80 }));
    const loop = { visit: 2, round: 1, jumps: {} };
    ada.called('ask', answered({ value: 10 }), { loop });
    expect(ada.run.saved).toEqual({ score: { value: 10 } });
    ada.called('ask', { kind: 'refused', reason: '404' }, { loop: { ...loop, visit: 3 } });
    expect(ada.run.saved).toEqual({});
    expect(ada.told('takes')).toEqual(['takes which high', 'takes which known', 'takes which otherwise']);
  });

  it('to a call that was repeated after a crash is recorded once', () => {
    const ada = inside();
    ada.called('ask', answered({ value: 80 }));
    const again = ada.called('ask', answered({ value: 10 }), { attempt: 1 });
    expect(again.kind).toBe('plan');
    expect(ada.run.saved).toEqual({ score: { value: 80 } });
    expect(ada.told('calls')).toHaveLength(1);
  });
});

describe('no answer', () => {
  it('a definite refusal fails at once; with onFailure "exit" it ends the run', () => {
    const ada = inside();
    ada.called('ask', { kind: 'refused', reason: '404' });
    expect(ada.told('calls', 'takes')).toEqual(['calls ask 404 failed', 'takes which otherwise']);
    const ben = inside({ onFailure: 'exit' });
    expect(ben.called('ask', { kind: 'refused', reason: '404' })).toMatchObject({ name: 'RunEnded' });
    expect(ben.told('calls', 'exits')).toEqual(['calls ask 404 failed', 'exits ask call failed']);
    expect(ben.document.tallies['journey']?.exited).toEqual({ 'call failed': 1 });
  });

  it('a busy one is tried again, up to the last attempt, which is a failure', () => {
    const ada = inside();
    const later = { kind: 'try later', reason: 'throttled' } as const;
    const { revision } = ada.document;
    for (let attempt = 0; attempt < MOST_CALL_ATTEMPTS - 1; attempt += 1)
      expect(ada.called('ask', later, { attempt })).toEqual({ kind: 'fault', reason: 'throttled' });
    expect(ada.told('calls')).toEqual([]);
    // Only that the run has started is written meanwhile.
    expect(ada.document.revision).toBeLessThanOrEqual(revision + 1);
    const last = ada.called('ask', later, { attempt: MOST_CALL_ATTEMPTS - 1 });
    expect(last.kind).toBe('plan');
    expect(ada.told('calls')).toEqual(['calls ask throttled failed']);
  });

  it('an answer that comes when the run is over changes nothing', () => {
    const ada = inside();
    const call = ada.act('ask');
    expect(call.kind).toBe('call');
    const exits = [{ event: 'Left', reason: 'left' }];
    const gone = new Bench([
      manifest('journey', 'Signed Up', { ask: acting(ASK, 'rest'), rest: pause('9 days', null) }, { exits }),
    ]);
    gone.event('Signed Up');
    gone.act('ask');
    gone.event('Left');
    expect(gone.called('ask', answered({ value: 1 }))).toMatchObject({ name: 'RunEnded' });
    expect(gone.told('calls')).toEqual([]);
  });
});
