// The machine of audiences, as it is deployed: its golden file, and what it does in the interpreter. There a Distributed Map is walked as
// an inline one, whose iterations are its children.
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { CUSTOMER_SHARDS } from '#lib/contracts/profiles-table.ts';
import { audienceMachine } from '#lib/infra/audience-machine.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { runHandlers } from '../local/asl/run-handlers.ts';
import { bench } from '../local/asl/run-machine.ts';

const INPUT = { kind: 'event', id: 'restocked-1' };

interface Call {
  readonly input: unknown;
  readonly shard: string;
  readonly cursor: string | null;
}

/** Runs the machine; `answer` stands for the function, and throws where it fails. */
async function ask(answer: (call: Call, before: number) => Json) {
  const calls: Call[] = [];
  const { clock, interpreter, begin } = bench(
    runHandlers(
      new Map([
        [
          'tell-customers',
          (payload) => {
            const call = payload as unknown as Call;
            const before = calls.filter(({ shard }) => shard === call.shard).length;
            calls.push(call);
            return answer(call, before);
          },
        ],
      ]),
    ),
  );
  const text = JSON.stringify(audienceMachine())
    .replaceAll(/"Label":"[a-z]+",/g, '')
    .replaceAll('{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"}', '{"Mode":"INLINE"}')
    .replaceAll('${TellCustomers}', 'tell-customers');
  const { id } = begin(JSON.parse(text), INPUT);
  await clock.runAll();
  return { calls, ended: interpreter.describe(id) };
}

const page = (cursor: string | null, asked = 1): Json => ({ cursor, asked, starts: 1, untold: 0 });

class Fault extends Error {
  override readonly name = 'AudienceUnavailable';
}

describe('the machine of audiences', () => {
  it('is what was reviewed', async () => {
    await expect(`${JSON.stringify(audienceMachine(), null, 2)}\n`).toMatchFileSnapshot(
      'audience-machine.json',
    );
  });

  it('is taken by asl-validator', () => {
    expect(validate(audienceMachine() as object).errorsText()).toBe('');
  });

  it('asks every part once where each is one page, and says what came of it', async () => {
    const { calls, ended } = await ask(() => page(null, 2));
    expect(calls.map(({ shard }) => shard).toSorted()).toEqual(CUSTOMER_SHARDS);
    expect(calls[0]).toEqual({ input: INPUT, shard: '00', cursor: null });
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: { asked: 512, starts: 256, untold: 0 },
    });
  });

  it('goes on behind the cursor until a part is done', async () => {
    const { calls, ended } = await ask((_, before) => page(before < 3 ? `after ${before}` : null));
    const first = calls.filter(({ shard }) => shard === '00').map(({ cursor }) => cursor);
    expect(first).toEqual([null, 'after 0', 'after 1', 'after 2']);
    expect(ended.output).toEqual({ asked: 1024, starts: 1024, untold: 0 });
  });

  it('asks the others while one part fails, then goes on with that part at its cursor', async () => {
    let failures = 0;
    const { calls, ended } = await ask(({ shard, cursor }) => {
      // As often as the first Map tries, and once more.
      if (shard === '7f' && cursor === 'half' && (failures += 1) <= 14) throw new Fault();
      return page(shard === '7f' && cursor === null ? 'half' : null);
    });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { asked: 257, starts: 257 } });
    expect(calls.filter(({ cursor }) => cursor === null)).toHaveLength(256);
    expect(calls.slice(-2).map(({ shard, cursor }) => [shard, cursor])).toEqual([
      ['7f', 'half'],
      ['7f', 'half'],
    ]);
  });

  it('fails where a part can never be asked, after all others were: so somebody is told, and may redrive it', async () => {
    const { calls, ended } = await ask(({ shard }) => {
      if (shard === '7f') throw new Fault();
      return page(null);
    });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'AudienceUnavailable' });
    expect(new Set(calls.map(({ shard }) => shard)).size).toBe(256);
  });
});
