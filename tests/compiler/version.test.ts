import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { canonicalJson } from '#lib/compiler/version.ts';
import { flowOf, manifestOf, send, wait } from './flows.ts';

const MANIFEST = manifestOf(flowOf({ pause: wait('1 hour', 'bye'), bye: send('bye', null) }), 'welcome');

describe('the version of a compiled journey', () => {
  it('names machine and manifest, and is the same on every compilation', () => {
    const { version, machine, manifest } = compileManifest(MANIFEST);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(manifest.version).toBe(version);
    expect(machine.Comment).toBe(`welcome@${version}, compiled by wend`);
    expect(compileManifest(structuredClone(MANIFEST)).version).toBe(version);
  });

  it('does not depend on the order in which fields are written', () => {
    const reordered = Object.fromEntries(Object.entries(MANIFEST).toReversed()) as typeof MANIFEST;
    expect(compileManifest(reordered).version).toBe(compileManifest(MANIFEST).version);
  });

  it('changes with anything that a run would notice', () => {
    const { version } = compileManifest(MANIFEST);
    const { flow } = MANIFEST;
    const bye = send('bye', null);
    const changes: (typeof MANIFEST)[] = [
      { ...MANIFEST, priority: 51 },
      { ...MANIFEST, exits: [{ event: 'Order Completed', reason: 'bought' }] },
      { ...MANIFEST, goal: { event: 'Order Completed', ends: true } },
      { ...MANIFEST, flow: { ...flow, nodes: { ...flow.nodes, pause: wait('2 hours', 'bye') } } },
      {
        ...MANIFEST,
        flow: {
          ...flow,
          nodes: {
            ...flow.nodes,
            bye: { ...bye, settings: { ...bye.settings, message: 'bye@000000000001' } },
          },
        },
      },
    ];
    for (const changed of changes) expect(compileManifest(changed).version).not.toBe(version);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth, keeps the order of lists, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }, 'x'], a: undefined, aa: true })).toBe(
      '{"aa":true,"b":[{"c":null,"d":1},"x"]}',
    );
  });
});
