import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineWorkspace, loadWorkspaceFile } from '#lib/runtime/workspace-file.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { awaiting, manifest } from '../laws/world/journeys.ts';

function folderWith(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'wend-workspace-'));
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify(content));
  return folder;
}

const settings = settingsSchema.parse({
  brand: { name: 'Shop' },
  timezone: 'Europe/Berlin',
  locale: 'en',
  vocabulary: { traits: { plan: 'text' } },
});
const wait = manifest('cart', 'Cart Updated', { wait: awaiting('1 hour', [['Clicked', null]], null) });
const whole = {
  format: 1,
  mark: 'abc',
  settings,
  manifests: [{ ...wait, format: 1, version: '1' }],
  newest: { cart: '1' },
  journeys: { cart: { status: 'paused', whilePaused: 'hold' } },
  segments: [],
};

describe('the workspace beside the code', () => {
  it('lets the engine know versions, rules and settings', () => {
    const workspace = engineWorkspace(loadWorkspaceFile(folderWith(whole)));
    expect([...workspace.versions.keys()]).toEqual(['cart@1']);
    expect([...workspace.watched].toSorted()).toEqual(['Cart Updated', 'Clicked']);
    expect(workspace.journeys.get('cart')?.status).toBe('paused');
    expect(workspace.settings).toMatchObject({ timezone: 'Europe/Berlin', explains: 'decisions' });
    expect(workspace.settings.declaredTraits?.has('plan')).toBe(true);
  });

  it('is refused, by the name of the file, where it is missing, cut off or of another format', () => {
    expect(() => loadWorkspaceFile('/nowhere')).toThrow(/\/nowhere\/workspace\.json is missing/);
    expect(() => loadWorkspaceFile(folderWith({ ...whole, format: 2 }))).toThrow(/does not fit[^]*format/);
    expect(() => loadWorkspaceFile(folderWith({ ...whole, manifests: undefined }))).toThrow(/manifests/);
  });
});
