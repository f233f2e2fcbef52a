// Golden samples: journeys as marketers write them, and the machines that they compile to, reviewed like code. A change of
// the compiler that changes a machine shows here; `UPDATE_SAMPLES=1` writes the machines anew.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { pathCosts } from '#lib/compiler/transitions.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { machineProblems } from './machine-problems.ts';

const FOLDER = `${import.meta.dirname}/samples`;
const cases = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function compiled(name: string) {
  const text = readFileSync(`${FOLDER}/${name}/journey.json`, 'utf8');
  const messages = [...text.matchAll(/"message": "([a-z-]+)"/g)].map(([, id = '']) => ({
    id,
    hash: hashHex(id, 12),
    channels: ['email', 'sms', 'push', 'inapp'] as const,
    locales: ['en'],
    file: `messages/${id}/message.json`,
  }));
  const { journeys, diagnostics } = readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: readFileSync(`${FOLDER}/settings.json`, 'utf8') },
    journeys: [{ path: `journeys/${name}.json`, text }],
    messages,
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [journey] = journeys;
  if (journey === undefined) throw new Error(`${name} does not compile`);
  return compileManifest(journey.manifest);
}

describe.each(cases)('the sample %s', (name) => {
  const file = `${FOLDER}/${name}/machine.asl.json`;

  it('compiles to the machine that was reviewed', () => {
    const { machine } = compiled(name);
    if (process.env['UPDATE_SAMPLES'] === '1') writeFileSync(file, `${JSON.stringify(machine, null, 2)}\n`);
    const reviewed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    // As text, for the order of the states is part of what a reader sees.
    expect(JSON.stringify(machine, null, 2)).toBe(JSON.stringify(reviewed, null, 2));
  });

  it('is a machine that AWS would take, and costs what the design allows', () => {
    const { machine, manifest } = compiled(name);
    expect(machineProblems(machine)).toEqual([]);
    for (const path of pathCosts(manifest.flow, 100).paths) expect(path.transitions).toBe(path.allowed);
  });
});
