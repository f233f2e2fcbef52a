// The functions of the deployment, as they are packed, in the threads of the local cloud: they find all that they need there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRepository } from '#lib/repository/repository.ts';
import { packedFunctions, type Bundles } from '../../bundles-fixture.ts';
import { NOW, runningFunctions, type RunningFunctions } from './functions-fixture.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const ARN = 'arn:aws:states:eu-central-1:111122223333:stateMachine:wend-test';

/** What the template gives to one function or another. */
const VARIABLES = {
  DEPLOYMENT: 'wend-test',
  TABLE_NAME: 'wend-test-profiles',
  BUS_NAME: 'wend-test',
  CONFIGURATION_SET: 'wend-test',
  CUSTOMER_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:customers',
  PAGES_URL: 'http://127.0.0.1:1/pages/',
  EVENTS_DEAD_LETTERS_URL: 'http://127.0.0.1:1/111122223333/events-dead-letters',
  LOOKS_DEAD_LETTERS_URL: 'http://127.0.0.1:1/111122223333/looks-dead-letters',
  STARTS_DEAD_LETTERS_URL: 'http://127.0.0.1:1/111122223333/starts-dead-letters',
  LOOKS_QUEUE_URL: 'http://127.0.0.1:1/111122223333/looks',
  STARTS_QUEUE_URL: 'http://127.0.0.1:1/111122223333/starts',
  AUDIENCE_MACHINE_ARN: `${ARN}_audience`,
  MACHINE_ARN_PREFIX: ARN,
  STARTS_PER_SECOND: '25',
  ASKS_PER_SECOND: '200',
};

/** Packing takes seconds, and minutes on a machine that is busy with other tests; so do fifteen starts. */
const PACKING_MILLIS = 120_000;

let bundles: Bundles;
let running: RunningFunctions;

beforeAll(async () => {
  const [packed, repository, opened] = await Promise.all([
    packedFunctions(),
    readRepository({ workspace: join(ROOT, 'workspace'), versions: join(ROOT, 'state-machines') }),
    runningFunctions(),
  ]);
  bundles = packed;
  running = opened;
  for (const { name } of bundles.functions) {
    const folder = join(bundles.folder, name);
    writeFileSync(join(folder, 'workspace.json'), JSON.stringify(repository.workspace));
    writeFileSync(join(folder, 'messages.json'), JSON.stringify(repository.messages));
    running.addFolder(name, folder, { Environment: { Variables: VARIABLES }, Timeout: 60, MemorySize: 512 });
  }
}, PACKING_MILLIS);
afterAll(async () => {
  await running.close();
  bundles.remove();
});

it(
  'each function is loaded, called, and says what it does not understand',
  { timeout: PACKING_MILLIS },
  async () => {
    const errors = new Map<string, string>();
    for (const { name } of bundles.functions) {
      const { functionError, payload } = await running.functions.invoke(name, '{"nothing":"of this"}');
      if (functionError !== undefined)
        errors.set(name, (JSON.parse(payload) as { errorType: string }).errorType);
    }
    const steps = bundles.functions.filter(({ name }) => readsStep(name)).map(({ name }) => name);
    expect(steps.length).toBeGreaterThan(8);
    for (const name of steps) expect([name, errors.get(name)]).toEqual([name, 'PayloadNotUnderstood']);
    // The others read batches or the table, which there is none of here; none of them dies of it.
    for (const errorType of errors.values()) expect(errorType).not.toMatch(/^Runtime\./);
  },
);

it('their lines carry business time, and their figures are metrics', async () => {
  await running.functions.invoke('end-run', '{}');
  const lines = running.lines.filter(({ functionName }) => functionName === 'end-run');
  const logged = lines
    .map(({ line }) => JSON.parse(line) as { timestamp?: string })
    .filter(({ timestamp }) => timestamp !== undefined);
  expect(logged.length).toBeGreaterThan(0);
  for (const { timestamp } of logged) expect(Date.parse(timestamp ?? '')).toBe(NOW);
  expect(running.metrics).toContainEqual(
    expect.objectContaining({ namespace: 'Wend', name: 'PayloadsNotUnderstood', at: NOW }),
  );
});

function readsStep(name: string): boolean {
  return readFileSync(join(ROOT, 'functions', name, 'handler.ts'), 'utf8').includes('step-function.ts');
}
