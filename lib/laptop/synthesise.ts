// The first thing that `npm start` does: the stack as it would be deployed, put together by the app that CDK runs, in a process of its
// own. What runs on the laptop is read from what comes out, and from nothing else.
import { spawn } from 'node:child_process';

export interface SynthesisOptions {
  /** Folder of the repository: where `bin/app.ts`, `environments.json` and the workspace are. */
  readonly repository: string;
  /** Folder that takes the cloud assembly; what is in it is written over. */
  readonly into: string;
  /** The only environment that is wanted; the others would only take time. */
  readonly environment: string;
  readonly node: string;
  /** Folder in which Node keeps what it has compiled of the app. */
  readonly compileCache: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Ends the app. */
  readonly signal: AbortSignal;
}

/** The app said why there is no stack; its words are the message. */
export class SynthesisProblem extends Error {
  override readonly name = 'SynthesisProblem';
}

/**
 * Writes the cloud assembly of one environment.
 * @throws SynthesisProblem with what the app has said, for instance of a journey that is not compiled.
 */
export async function synthesise(options: SynthesisOptions): Promise<void> {
  const { repository, into, environment, node, compileCache, variables, signal } = options;
  const app = spawn(node, ['bin/app.ts'], {
    cwd: repository,
    // https://docs.aws.amazon.com/cdk/v2/guide/context.html: how the CDK's own command line hands context over.
    env: {
      ...variables,
      CDK_OUTDIR: into,
      CDK_CONTEXT_JSON: JSON.stringify({ 'wend:environment': environment }),
      // CDK's check of templates against CloudFormation's schemas takes as long as all the rest; it is for `cdk synth`. What the local
      // cloud cannot run it refuses by itself.
      CDK_VALIDATION: 'false',
      // The app is the same from start to start: https://nodejs.org/api/module.html#module-compile-cache
      NODE_COMPILE_CACHE: compileCache,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said = '';
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    app.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new SynthesisProblem(said.trim() === '' ? 'the stack cannot be put together' : said);
}
