import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { tooLarge } from '#lib/compiler/limits.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { flowOf, manifestOf, send } from './flows.ts';

function sends(count: number): Flow {
  return flowOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const next = index + 1 < count ? `s${index + 1}` : null;
        return [`s${index}`, send(`s${index}`, next)];
      }),
    ),
  );
}

describe('tooLarge', () => {
  it('measures the larger of the two definitions as it will be deployed', () => {
    expect(tooLarge(compileManifest(manifestOf(sends(20))))).toBeUndefined();
    const large = compileManifest(manifestOf(sends(1000)));
    const broken = tooLarge(large);
    expect(broken?.bytes).toBeGreaterThan(Buffer.byteLength(JSON.stringify(large.resume)));
    expect(broken?.bytes).toBeGreaterThan(tooLarge({ machine: large.machine })?.bytes ?? 0);
  });
});
