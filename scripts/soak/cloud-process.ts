// The local cloud in a process of its own, started as somebody starts it who types `wend start`; and killed as the system kills.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Memory } from './measured-process.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PRELOADED = pathToFileURL(join(import.meta.dirname, 'measured-process.ts')).href;
/** Synthesis takes ten seconds on a busy machine, a journal of some hundred megabytes as long. */
const MOST_STARTING_MILLIS = 180_000;
/** Lines of its output that are kept: the last ones say why it has ended. */
const MOST_LINES = 200;

export interface CloudProcessOptions {
  /** Of the page; the services are at the next one. */
  readonly port: number;
  readonly speed: number;
  readonly data: string | undefined;
}

export class CloudProcess {
  readonly #options: CloudProcessOptions;
  #child: ChildProcess | undefined;
  /** What it has said last. */
  readonly lines: string[] = [];
  /** Real seconds that the last start took, from the command to an answer. */
  startSeconds = 0;

  constructor(options: CloudProcessOptions) {
    this.#options = options;
  }

  get page(): string {
    return `http://127.0.0.1:${this.#options.port}`;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#options.port + 1}`;
  }

  /** Resolves when its page answers. @throws Error with its last words where it ends before. */
  async start(): Promise<void> {
    const { port, speed, data } = this.#options;
    const begun = performance.now();
    // It would be measured in place of the one that is started here.
    if (await this.#answers())
      throw new Error(`Another local cloud answers at ${this.page}: end it, or choose another --port.`);
    const words = ['start', '--no-sample', '--port', String(port), '--speed', String(speed)];
    if (data !== undefined) words.push('--data', data);
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--import', PRELOADED, join(ROOT, 'bin/wend.ts'), ...words],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    this.#child = child;
    // Whatever becomes of the soak: nothing is left running.
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.lines.push(...text.split('\n').filter((line) => line !== ''));
        this.lines.splice(0, this.lines.length - MOST_LINES);
      });
    while (!(await this.#answers())) {
      if (child.exitCode !== null || performance.now() - begun > MOST_STARTING_MILLIS)
        throw new Error(`The local cloud does not start:\n${this.lines.join('\n')}`);
      await pause(200);
    }
    this.startSeconds = (performance.now() - begun) / 1000;
  }

  /** It has no moment to do anything more. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** As Ctrl-C does. */
  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  async memory(): Promise<Memory> {
    if (this.#child === undefined) throw new Error('The local cloud does not run.');
    const answer = once(this.#child, 'message');
    this.#child.send('memory');
    const [memory] = (await answer) as [Memory];
    return memory;
  }

  /** JSON of the page. @throws Error where it does not answer. */
  async ask<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.page + path, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async #end(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async #answers(): Promise<boolean> {
    try {
      await this.ask('/api/clock');
      return true;
    } catch {
      return false;
    }
  }
}
