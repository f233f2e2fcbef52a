// The workspace that a new user starts from: nothing in it is wrong, and everything that Wend can do is used in it once.
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWorkspace, type LoadedWorkspace } from '#lib/cli/load-workspace.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { channelsOf, summarise } from '#lib/messages/compiled-message.ts';
import type { FlowNode } from '#lib/journey/flow.ts';

let workspace: LoadedWorkspace;
let nodes: readonly FlowNode[];

beforeAll(async () => {
  workspace = await loadWorkspace(resolve(import.meta.dirname, '../../workspace'));
  nodes = workspace.journeys.flatMap(({ manifest }) => Object.values(manifest.flow.nodes));
}, 60_000);

describe('the journeys', () => {
  it('have no errors and no warnings', () => {
    expect(workspace.diagnostics).toEqual([]);
    expect(workspace.journeys.length).toBe(workspace.journeyFiles.length);
  });

  it('are those that every shop needs, and more', () => {
    const ids = workspace.journeys.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['welcome', 'cart-recovery', 'browse-abandonment', 'post-purchase']),
    );
  });

  it('use every kind of step and every channel', () => {
    const kinds = nodes.map((node) => (node.kind === 'action' ? node.settings.type : node.kind));
    expect(new Set(kinds)).toEqual(
      new Set([
        'send',
        'wait',
        'waitFor',
        'branch',
        'split',
        'goto',
        'exit',
        'update',
        'emit',
        'invoke',
        'webhook',
        'enter',
      ]),
    );
    const channels = nodes.flatMap((node) => (node.kind === 'send' ? node.settings.channels : []));
    expect(new Set(channels)).toEqual(new Set(channelSchema.options));
  });

  it('use every way of entering again, keys, holdouts, goals and both kinds of exit', () => {
    const manifests = workspace.journeys.map(({ manifest }) => manifest);
    expect(new Set(manifests.map(({ entry }) => entry.reentry.mode))).toEqual(
      new Set(['never', 'after exit', 'after', 'always']),
    );
    expect(manifests.filter(({ entry }) => entry.key !== undefined).length).toBeGreaterThan(1);
    expect(manifests.some(({ entry }) => entry.holdout !== undefined)).toBe(true);
    expect(manifests.some(({ goal }) => goal !== undefined)).toBe(true);
    const exits = manifests.flatMap((manifest) => manifest.exits);
    expect(exits.some((exit) => 'event' in exit) && exits.some((exit) => 'when' in exit)).toBe(true);
  });
});

describe('the messages', () => {
  it('are all sent by some journey', () => {
    const sent = nodes.flatMap((node) => (node.kind === 'send' ? [node.settings.message.split('@')[0]] : []));
    expect(new Set(workspace.messages.map(({ id }) => id))).toEqual(new Set(sent));
  });

  it('speak English and German wherever a customer reads them', () => {
    const forPeople = workspace.messages.filter((message) => !channelsOf(message).includes('webhook'));
    const monolingual = forPeople.filter(({ locales }) => Object.keys(locales).join(' ') !== 'de en');
    expect(monolingual.map(({ id }) => id)).toEqual([]);
  });

  it('let people unsubscribe from every marketing e-mail', () => {
    const summaries = new Map(workspace.messages.map((message) => [message.id, summarise(message)]));
    const marketing = nodes.flatMap((node) =>
      node.kind === 'send' && node.settings.class === 'marketing' && node.settings.channels.includes('email')
        ? [node.settings.message.split('@')[0] ?? '']
        : [],
    );
    expect(marketing.length).toBeGreaterThan(5);
    expect(marketing.filter((id) => summaries.get(id)?.unsubscribe !== true)).toEqual([]);
  });

  it('stay far below the size at which Gmail cuts them off, 102 KB', () => {
    const sizes = workspace.messages.flatMap(({ locales }) =>
      Object.values(locales).map(({ email }) => email?.html.length ?? 0),
    );
    expect(Math.max(...sizes)).toBeLessThan(40_000);
  });
});
