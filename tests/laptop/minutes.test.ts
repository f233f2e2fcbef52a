// Which minutes are passed over, and that nothing is missed by it.
import { describe, expect, it } from 'vitest';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { Minutes, passesOver } from '#lib/laptop/minutes.ts';

const at = (time: string): number => toMillis(`2026-05-04T${time}.000Z` as Instant);
const ADA = KEYS.customer('ada');
const CLOCK = { clock: { S: '{"tick":"2026-05-04T09:00:00.000Z"}' } };
const SETTLING = { clock: { S: '{"changed":{"since":"2026-05-04T09:00:00.000Z"}}' } };

/** After the first minute, which has written the deployment's clock. */
function minutes(): Minutes {
  const settings = { timezone: 'Europe/Berlin', locale: 'en', topics: {} };
  const created = new Minutes(
    createWorkspace({ manifests: [], newest: {}, journeys: {}, segments: [], settings }),
  );
  expect(created.isEmpty(at('09:00:00'))).toBe(false);
  created.note(KEYS.deployment, 'CLOCK', CLOCK);
  return created;
}

describe('minutes', () => {
  it('are passed over while nobody is due', () => {
    const known = minutes();
    known.note(ADA, 'DOC', { lookAt: { S: '2026-05-04T11:30:00.000Z' } });
    expect([known.isEmpty(at('09:01:00')), known.isEmpty(at('11:29:00'))]).toEqual([true, true]);
    expect(known.next()).toBe(at('11:30:00'));
    expect(known.isEmpty(at('11:30:00'))).toBe(false);
  });

  it('take place again until whoever is due has been looked at', () => {
    const known = minutes();
    known.note(ADA, 'DOC', { lookAt: { S: '2026-05-04T11:30:00.000Z' } });
    known.isEmpty(at('11:30:00'));
    known.note(KEYS.deployment, 'CLOCK', CLOCK);
    expect(known.isEmpty(at('11:31:00'))).toBe(false);
    known.note(KEYS.deployment, 'CLOCK', CLOCK);
    known.note(ADA, 'DOC', {});
    expect(known.isEmpty(at('11:32:00'))).toBe(true);
    expect(known.next()).toBeUndefined();
  });

  it('take place again after one that has failed: it has not written the clock', () => {
    const known = minutes();
    known.note(ADA, 'DOC', { lookAt: { S: '2026-05-04T11:30:00.000Z' } });
    known.isEmpty(at('11:30:00'));
    known.note(ADA, 'DOC', undefined);
    expect(known.isEmpty(at('11:31:00'))).toBe(false);
  });

  it('take place for a switch, and while a change settles', () => {
    const known = minutes();
    known.note(KEYS.deployment, 'SWITCH#cart', { position: { S: 'paused' } });
    expect(known.isEmpty(at('09:01:00'))).toBe(false);
    known.note(KEYS.deployment, 'CLOCK', SETTLING);
    expect(known.isEmpty(at('09:02:00'))).toBe(false);
    known.note(KEYS.deployment, 'CLOCK', CLOCK);
    expect(known.isEmpty(at('09:03:00'))).toBe(true);
  });
});

describe('firings that are passed over', () => {
  it('are those of the schedule that asks who is due: one of a client fires, and changes nothing for the minutes', () => {
    const skips = passesOver(minutes(), 'wend-test', () => 0);
    expect(skips('wend-test-find-due', at('09:01:00'))).toBe(true);
    expect(skips('of-a-client', at('09:02:00'))).toBe(false);
    expect(skips('wend-test-find-due', at('09:02:00'))).toBe(true);
  });

  it('are those before which whoever was found still waits: nobody is handed on twice, and the next minute makes up for them', () => {
    const known = minutes();
    known.note(ADA, 'DOC', { lookAt: { S: '2026-05-04T09:00:30.000Z' } });
    let waiting = 31;
    const skips = passesOver(known, 'wend-test', () => waiting);
    expect(skips('wend-test-find-due', at('09:01:00'))).toBe(true);
    expect(skips('of-a-client', at('09:01:00'))).toBe(false);
    waiting = 30;
    expect(skips('wend-test-find-due', at('09:02:00'))).toBe(false);
  });
});
