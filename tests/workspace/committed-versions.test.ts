// The versions under state-machines/ are deployed as they lie there: they must be what the compiler makes of the workspace, and
// machines that AWS would take. A difference is reviewed and committed with `npm run generate`.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import validateMachine from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { wend } from '../cli/shop-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const machines = readdirSync(join(ROOT, 'state-machines'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('machine.asl.json'),
);

describe('the committed versions', () => {
  it('are what the workspace compiles to', async () => {
    const { code, out, err } = await wend(ROOT, 'compile', '--check');
    expect(`${out}${err}`).not.toContain('new version');
    expect(code).toBe(0);
  });

  it('are one for each live journey, at least', () => {
    expect(new Set(machines.map((file) => file.split('/')[0])).size).toBeGreaterThanOrEqual(10);
  });

  it.each(machines)('%s is a state machine by asl-validator too', (file) => {
    const { isValid, errorsText } = validateMachine(
      JSON.parse(readFileSync(join(ROOT, 'state-machines', file), 'utf8')) as object,
    );
    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });
});
