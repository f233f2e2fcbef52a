// Histories recorded from AWS: the interpreter must write the same ones. A file of the same form may be given in
// ASL_HISTORIES.
import { describe, expect, it } from 'vitest';
import { compared, isThere, recordedHistories, recordingsFile } from './recorded-histories.ts';
import { run } from './run-machine.ts';

describe(`histories recorded from AWS (${recordingsFile})`, () => {
  const cases = recordedHistories();

  it.skipIf(!isThere)('are there to compare with', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)('$name', async ({ definition, input, history }) => {
    const { actual, recorded } = compared((await run(definition, input)).history, history);
    expect(actual).toEqual(recorded);
  });
});
