// What stops a start before anything is put together: told in words, with what to do.
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { chooseEnvironment } from '#lib/laptop/choose-environment.ts';
import { clientVariables, findRunning, tellRunning } from '#lib/laptop/running-file.ts';
import { startLaptop } from '#lib/laptop/start-laptop.ts';
import { freePorts, listening } from './free-ports.ts';

function repository(environments: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'wend-laptop-'));
  writeFileSync(join(folder, 'environments.json'), JSON.stringify({ environments }));
  return folder;
}

describe('the environment', () => {
  it('is the disposable one, or the only one, or the one that is named', () => {
    const both = repository({ production: {}, test: { disposable: true } });
    expect(chooseEnvironment(both, undefined)).toBe('test');
    expect(chooseEnvironment(both, 'production')).toBe('production');
    expect(chooseEnvironment(repository({ production: {} }), undefined)).toBe('production');
  });

  it('is asked for where there is a choice, and has to be there', () => {
    const two = repository({ blue: {}, green: {} });
    expect(() => chooseEnvironment(two, undefined)).toThrow('no environment is disposable');
    expect(() => chooseEnvironment(two, 'red')).toThrow('there is no environment red');
    expect(() => chooseEnvironment(join(two, 'nowhere'), undefined)).toThrow('cannot be read');
  });
});

const start = (given: { readonly port: number; readonly sample: boolean | string }) =>
  startLaptop({
    repository: repository({ test: {} }),
    environment: undefined,
    speed: 1,
    isPaused: false,
    data: undefined,
    chaos: undefined,
    start: undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onLine: () => undefined,
    ...given,
  });

describe('a start', () => {
  it('says at once that a port is taken', async () => {
    const server = await listening(0);
    const { port } = server.address() as AddressInfo;
    await expect(start({ port, sample: false })).rejects.toThrow(`the port ${port} is taken`);
    server.close();
  });

  it('says at once that a stream cannot be read', async () => {
    await expect(start({ port: 4400, sample: 'nowhere.jsonl' })).rejects.toThrow(
      'nowhere.jsonl does not exist',
    );
  });

  it('tells what the app says that puts the stack together', async () => {
    const port = await freePorts();
    await expect(start({ port, sample: false })).rejects.toThrow('the stack cannot be put together');
  });
});

describe('the running local cloud', () => {
  const running = {
    process: process.pid,
    environment: 'test',
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1:4401',
    page: 'http://127.0.0.1:4400',
  };

  it('is found while it runs, with what clients need to speak to it', () => {
    const folder = repository({});
    const takeBack = tellRunning(folder, running);
    expect(findRunning(folder)).toEqual([running]);
    expect(clientVariables(running)).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4401' });
    takeBack();
    expect(findRunning(folder)).toEqual([]);
  });

  it('is not found where its process was killed, and leaves the file of a later one alone', () => {
    const folder = repository({});
    // No process has this number: it is beyond what Linux and macOS give.
    const takeBack = tellRunning(folder, { ...running, process: 2 ** 30 });
    expect(findRunning(folder)).toEqual([]);
    tellRunning(folder, running);
    takeBack();
    expect(findRunning(folder)).toEqual([running]);
  });
});
