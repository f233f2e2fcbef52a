// Which local cloud a command is about, where none, one or several run on this machine.
import { describe, expect, it } from 'vitest';
import type { RunningLocalCloud } from '#lib/laptop/running-file.ts';
import { targetOf, type TargetOptions } from '#lib/cli/target.ts';

function running(port: number, environment: string): RunningLocalCloud {
  const [page, endpoint] = [port, port + 1].map((one) => `http://127.0.0.1:${one}`);
  return { process: 1, environment, region: 'eu-central-1', endpoint: endpoint ?? '', page: page ?? '' };
}

function target(options: TargetOptions, ...clouds: readonly RunningLocalCloud[]) {
  return targetOf(options, {
    connect: () => Promise.reject(new Error('nobody connects here')),
    findLocals: () => clouds,
  });
}

const test = running(4400, 'test');
const production = running(4410, 'production');

describe('--local', () => {
  it('is the one that runs', () => {
    expect(target({ local: true }, production)).toMatchObject({
      environment: 'production',
      words: '--local',
    });
  });

  it('is asked for where several run, and chosen by the port of its page', () => {
    expect(() => target({ local: true }, test, production)).toThrow('several local clouds run');
    expect(target({ local: true, port: 4410 }, test, production)).toMatchObject({
      environment: 'production',
      words: '--local --port 4410',
    });
  });

  it('has to be there', () => {
    expect(() => target({ local: true })).toThrow('no local cloud runs on this machine');
    expect(() => target({ local: true, port: 4420 }, test)).toThrow(
      'no local cloud has its page at the port 4420',
    );
  });

  it('names those that run where the choice is wrong', () => {
    for (const port of [undefined, 4420])
      expect(() => target({ local: true, ...(port !== undefined && { port }) }, test, production)).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('--port 4410: the environment production') }),
      );
  });
});
