// An event may be decided seconds after it happened. What the customer did in between comes after the entry all the same.
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';
import { decide } from '#lib/engine/decide.ts';
import { newDocument } from '#lib/engine/document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { Manifest } from '#lib/journey/manifest.ts';

const at = (time: string): Instant => parseInstant(`2026-03-27T${time}Z`) as Instant;
const JOURNEY: Manifest = {
  format: 1,
  journey: 'trial',
  version: 'v1',
  priority: 50,
  entry: { trigger: { kind: 'event', event: 'Trial Started' }, reentry: { mode: 'never' } },
  exits: [],
  flow: {
    start: 'used',
    nodes: {
      used: {
        kind: 'waitFor',
        within: '1 day',
        since: 'step',
        events: [{ event: 'Project Created', next: null }],
        otherwise: null,
      },
    },
  },
};
const workspace = createWorkspace({
  manifests: [JOURNEY],
  newest: { trial: 'v1' },
  settings: { timezone: 'UTC', locale: 'en', topics: {} },
});

/** The trial starts at 10:00:00 and is decided at 10:00:05; then comes an event of another moment. */
function afterEntry(happened: string): string[] {
  const entry = {
    kind: 'event',
    id: 'e1',
    event: 'Trial Started',
    at: at('10:00:00'),
    received: at('10:00:05'),
    properties: {},
  } as const;
  const next = {
    kind: 'event',
    id: 'e2',
    event: 'Project Created',
    at: at(happened),
    received: at('10:00:06'),
    properties: {},
  } as const;
  const entered = decide(newDocument('c', 'u', at('10:00:05')), entry, { now: at('10:00:05'), workspace });
  return decide(entered.document, next, { now: at('10:00:06'), workspace }).log.map(({ kind }) => kind);
}

describe('an entry that is decided late', () => {
  it('is followed by what happened after the entry event, before its decision', () => {
    expect(afterEntry('10:00:02')).toEqual(['takes', 'completes']);
  });

  it('is not followed by what happened before it', () => {
    expect(afterEntry('09:59:59')).not.toContain('takes');
  });
});
