// What the Tasks of every committed version send, recorded when it was committed: functions of today must still understand it, or a
// deployment would end the runs of that version (promise P7).
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { versionKey } from '#lib/contracts/ids.ts';
import {
  STEP_FUNCTIONS,
  awaitCallSchema,
  decideCallSchema,
  endRunCallSchema,
  sendCallSchema,
} from '#lib/contracts/step-calls.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';
import { parseActionCall, parseCall } from '#lib/engine/use-cases/parse-call.ts';
import { readCommittedVersions } from '#lib/repository/committed-versions.ts';
import { recordPayloads, type RecordedPayload } from '../../scripts/payloads/record-payloads.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'tests/replays/payloads');
const { versions } = readCommittedVersions(join(ROOT, 'state-machines'));

function recorded(key: string): Record<string, RecordedPayload> {
  const file = join(FOLDER, `${key}.json`);
  if (!existsSync(file))
    throw new Error(`nothing is recorded of ${key}: run npm run generate, and commit it`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, RecordedPayload>;
}

/** As the functions read them (functions/). */
const READS: Readonly<Record<StepFunction, (payload: unknown) => unknown>> = {
  send: (payload) => parseCall(sendCallSchema, payload),
  update: (payload) => parseActionCall('update', payload),
  emit: (payload) => parseActionCall('emit', payload),
  invoke: (payload) => parseActionCall('invoke', payload),
  webhook: (payload) => parseActionCall('webhook', payload),
  enter: (payload) => parseActionCall('enter', payload),
  decide: (payload) => parseCall(decideCallSchema, payload),
  await: (payload) => parseCall(awaitCallSchema, payload),
  end: (payload) => parseCall(endRunCallSchema, payload),
};
const steps = new Map<string, StepFunction>(
  Object.entries(STEP_FUNCTIONS).map(([step, name]) => [name, step as StepFunction]),
);

describe('the payloads of committed versions', () => {
  it.each(versions.map(({ journey, version }) => versionKey(journey, version)))(
    'of %s are understood by the functions of today',
    (key) => {
      const payloads = recorded(key);
      expect(Object.keys(payloads).length).toBeGreaterThan(0);
      const sent = Object.entries(payloads).map(([state, { payload }]) => [state, payload]);
      const understood = Object.entries(payloads).map(([state, { function: name, payload }]) => {
        const step = steps.get(name);
        return [state, step === undefined ? undefined : READS[step](payload)];
      });
      // With all that they say: a field of another name would be left out, and quiet hours forgotten, without a word.
      expect(Object.fromEntries(understood)).toMatchObject(Object.fromEntries(sent));
    },
  );

  it('are recorded for every Task: npm run generate does it', () => {
    const missing = versions.flatMap(({ journey, version, machine }) => {
      const known = recorded(versionKey(journey, version));
      return Object.entries(machine.States).flatMap(([state, { Type: type }]) =>
        type === 'Task' && known[state] === undefined ? [`${journey} ${state}`] : [],
      );
    });
    expect(missing).toEqual([]);
  });

  it('are what the machines send: the interpreter has not come to build them otherwise', async () => {
    const [first] = versions;
    if (first === undefined) throw new Error('there are no versions');
    const again = await recordPayloads(first.machine, first);
    expect(recorded(versionKey(first.journey, first.version))).toEqual(again);
  });
});
