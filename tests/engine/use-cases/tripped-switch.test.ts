// A journey that the breaker has paused holds those inside, whatever its file says; one that is retired stays retired.
import { expect, it } from 'vitest';
import { switchedWorkspace } from '#lib/engine/use-cases/switched-workspace.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { LIVE } from '#lib/journey/journey-rules.ts';
import { SETTINGS, letter, manifest } from '../../laws/world/journeys.ts';

it('a tripped journey is paused as hold, one with transactional messages by its marketing alone', () => {
  const receipts = manifest('order', 'Order Completed', {
    confirm: letter('confirm', null, { class: 'transactional' }),
  });
  const workspace = createWorkspace({
    manifests: [{ ...receipts, version: 'v1' }],
    newest: {},
    settings: SETTINGS,
    journeys: {
      sale: { ...LIVE, whilePaused: 'drop' },
      gone: { ...LIVE, status: 'retired' },
    },
  });
  const { journeys, marketingHeld } = switchedWorkspace(
    workspace,
    new Map([
      ['sale', 'tripped'],
      ['gone', 'tripped'],
      ['new', 'tripped'],
      ['order', 'tripped'],
    ]),
  );
  expect([...journeys].map(([id, { status, whilePaused }]) => [id, status, whilePaused])).toEqual([
    ['sale', 'paused', 'hold'],
    ['gone', 'retired', 'hold'],
    ['new', 'paused', 'hold'],
  ]);
  expect([...(marketingHeld ?? [])]).toEqual(['order']);
});
