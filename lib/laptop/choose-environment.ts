// Which environment of environments.json runs on the laptop. The file is read whole by the app that is synthesised; here only its names
// matter, and which are meant for trying things out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LaptopProblem } from './laptop-problem.ts';

const fileSchema = z.looseObject({
  environments: z.record(z.string(), z.looseObject({ disposable: z.boolean().optional() })),
});

/**
 * The one that was asked for, or the first disposable one, or the only one.
 * @throws LaptopProblem that says which there are.
 */
export function chooseEnvironment(repository: string, wanted: string | undefined): string {
  const { environments } = readFile(join(repository, 'environments.json'));
  const names = Object.keys(environments);
  const there = `environments.json has: ${names.join(', ') || 'none'}.`;
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw new LaptopProblem(`there is no environment ${wanted}`, there);
  }
  const chosen =
    names.find((name) => environments[name]?.disposable === true) ??
    (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined) return chosen;
  throw new LaptopProblem(
    'no environment is disposable',
    `Say which one to run: --environment <name>. ${there}`,
  );
}

function readFile(path: string): z.infer<typeof fileSchema> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaptopProblem(`${path} cannot be read: ${reason}`, 'Run this where the repository is.');
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new LaptopProblem(`${path} names no environments`, 'docs/deploy.md has an example.');
}
