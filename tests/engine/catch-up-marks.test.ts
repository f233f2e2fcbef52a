import { describe, expect, it } from 'vitest';
import { deploymentMark, switchesMark } from '#lib/engine/catch-up-marks.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { Bench, at } from './bench.ts';
import { SETTINGS, letter, manifest } from '../laws/world/journeys.ts';

const BIRTHDAY: EntryTrigger = { kind: 'date', of: 'profile.birthday', repeat: 'yearly', at: '09:00' };

interface Written {
  readonly trigger?: EntryTrigger;
  readonly step?: string;
  readonly rules?: Partial<JourneyRules>;
  readonly segment?: string;
  readonly timezone?: string;
}

function markOf({
  trigger = BIRTHDAY,
  step = 'hello',
  rules = {},
  segment = 'gold',
  timezone = 'Europe/Berlin',
}: Written = {}) {
  const journey = compileManifest(
    manifest('birthday', { trigger, reentry: { mode: 'always' } }, { [step]: letter(step, null) }),
  );
  return deploymentMark(
    createWorkspace({
      manifests: [journey.manifest],
      newest: { birthday: journey.version },
      journeys: { birthday: { status: 'live', whilePaused: 'hold', ...rules } },
      segments: [{ id: 'best', when: { 'profile.plan': segment } }],
      settings: { ...SETTINGS, timezone },
    }),
  );
}

describe('the mark of a deployment', () => {
  it.each<[string, Written]>([
    ['when a journey lets in by time', { trigger: { ...BIRTHDAY, at: '08:00' } }],
    ['the state of a journey', { rules: { status: 'paused' } }],
    ['what a pause does', { rules: { whilePaused: 'drop' } }],
    ['when a journey ends', { rules: { ends: '2026-12-24' } }],
    ['a segment', { segment: 'silver' }],
    ['the zone of those who have none', { timezone: 'Europe/London' }],
  ])('tells of %s', (_, written) => {
    expect(markOf(written)).not.toBe(markOf());
  });

  it('does not tell of steps and messages: they wait for the next input', () => {
    expect(markOf({ step: 'goodbye' })).toBe(markOf());
  });

  it('of switches, tells the positions and not the order', () => {
    const positions = [
      ['a', 'paused'],
      ['b', 'live'],
    ] as const;
    expect(switchesMark(new Map(positions))).toBe(switchesMark(new Map(positions.toReversed())));
    expect(switchesMark(new Map(positions))).not.toBe(switchesMark(new Map([['a', 'paused']])));
  });
});

function named(trigger: EntryTrigger) {
  return manifest('birthday', { trigger, reentry: { mode: 'always' } }, { hello: letter('hello', null) });
}

describe('looking at somebody to whom nothing has happened since a deployment', () => {
  it('moves what is due to where the deployment has moved it', () => {
    const ada = new Bench([named(BIRTHDAY)]);
    ada.identify({ timezone: 'Europe/Berlin', birthday: '1990-03-20' });
    expect(ada.document.due).toBe(at('2026-03-20T08:00:00.000Z'));
    ada.deploy([named({ ...BIRTHDAY, offset: '-3 days' })]);
    ada.decide({ kind: 'time' });
    expect(ada.document.due).toBe(at('2026-03-17T08:00:00.000Z'));
    const { revision } = ada.document;
    ada.decide({ kind: 'time' });
    expect(ada.document.revision).toBe(revision);
  });
});
