// AWS CLI 2 as a newcomer has it, against a gateway of this machine.
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

interface Installed {
  readonly command: string;
  readonly major: number;
  readonly minor: number;
}

/** PATH may hold an older one beside that of the system, or a shim that runs none. */
const installed: readonly Installed[] = ['/usr/bin/aws', 'aws'].flatMap((command) => {
  try {
    const told = execFileSync(command, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)\./.exec(told) ?? [];
    return major === undefined ? [] : [{ command, major: Number(major), minor: Number(minor) }];
  } catch {
    return [];
  }
});
const second = installed.find(({ major }) => major === 2);
/**
 * The first that knows versions, aliases and redrives of Step Functions and the validation of definitions: all of them since the spring
 * of 2024 (1.33 and 2.16). Debian 12 has 2.9.
 */
const newer = installed.find(({ major, minor }) => minor >= (major === 2 ? 16 : 33));

/** Whether AWS CLI 2 is installed: suites that need it are skipped, and seen to be, where it is not. */
export const hasAws = second !== undefined;
/** Whether one of 2024 or later is there, of version 1 or 2. */
export const hasNewerAws = newer !== undefined;
/** A command takes half a second alone and several on a busy machine; tests run some of them one after the other. */
export const AWS_TIMEOUT_MILLIS = 240_000;

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `aws <args>` against the endpoint, with nothing of this machine's own configuration.
 * @returns how it ended; a refusal of the service is code 254, with the error in `stderr`.
 */
export async function aws(
  endpoint: string,
  args: readonly string[],
  folder?: string,
  run: Installed | undefined = second,
): Promise<Told> {
  const environment = {
    PATH: process.env['PATH'],
    HOME: '/nowhere',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    // Version 1 reads this one.
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    // One attempt: a test that provokes an error of the server wants to see it, not to wait.
    AWS_MAX_ATTEMPTS: '1',
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      run?.command ?? 'aws',
      ['--endpoint-url', endpoint, ...args],
      { env: environment, ...(folder !== undefined && { cwd: folder }), maxBuffer: 64 * 1024 * 1024 },
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Partial<Told>;
    return { code: code ?? -1, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

/** As `aws`, for a command that has to succeed and answers JSON (nothing: an empty object). */
export async function awsJson(
  endpoint: string,
  args: readonly string[],
  run: Installed | undefined = second,
): Promise<unknown> {
  const { code, stdout, stderr } = await aws(endpoint, [...args, '--output', 'json'], undefined, run);
  if (code !== 0) throw new Error(`aws ${args.join(' ')} has failed:\n${stderr}`);
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as unknown);
}

/** As `awsJson`, by the first that is of 2024 or later. */
export function newerAwsJson(endpoint: string, args: readonly string[]): Promise<unknown> {
  return awsJson(endpoint, args, newer);
}
