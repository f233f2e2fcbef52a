// What has to be read and packed before a stack can be put together (read-sources.ts), as files that assets are made of. It is the same
// for every environment.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_NAMES, STEP_FUNCTION_NAMES } from '#lib/contracts/deployment-names.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { WORKSPACE_FILE } from '#lib/journey/deployed-workspace.ts';
import { MESSAGES_FILE } from '#lib/messages/deployed-messages.ts';
import { definitionText } from './definition-text.ts';
import type { Repository } from '#lib/repository/repository.ts';

/** What is deployed, as files that assets are made of. */
export interface DeploymentSources {
  readonly repository: Repository;
  /** Has a folder for each function, with its code and the workspace that it decides by. */
  readonly functions: string;
  /** Has the definition of each state machine ({@link definitionFile}). */
  readonly machines: string;
}

/** Adds to packed functions what they read, and writes the definitions. */
export function placeSources(
  repository: Repository,
  { functions, machines }: Pick<DeploymentSources, 'functions' | 'machines'>,
): DeploymentSources {
  // Beside the code, so that code and workspace change together, and a function that starts reads a file: no layer, no bucket.
  const workspace = JSON.stringify(repository.workspace);
  for (const name of FUNCTION_NAMES) writeFileSync(join(functions, name, WORKSPACE_FILE), workspace);
  const messages = JSON.stringify(repository.messages);
  writeFileSync(join(functions, STEP_FUNCTION_NAMES.send, MESSAGES_FILE), messages);
  mkdirSync(machines, { recursive: true });
  for (const { journey, version, machine, resume } of repository.versions) {
    const key = versionKey(journey, version);
    writeFileSync(join(machines, definitionFile(key, 'first')), definitionText(machine));
    if (resume !== undefined)
      writeFileSync(join(machines, definitionFile(key, 'resume')), definitionText(resume));
  }
  return { repository, functions, machines };
}

/** Name of the file with the definition of a version's machine. */
export function definitionFile(key: string, leg: 'first' | 'resume'): string {
  return `${key}-${leg}.asl.json`;
}
