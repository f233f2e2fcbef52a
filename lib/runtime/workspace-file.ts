/** The workspace of a deployed function, from the files beside its code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { createWorkspace, type Workspace } from '#lib/engine/workspace.ts';
import {
  WORKSPACE_FILE,
  deployedWorkspaceSchema,
  type DeployedWorkspace,
} from '#lib/journey/deployed-workspace.ts';
import {
  MESSAGES_FILE,
  deployedMessagesSchema,
  type DeployedMessages,
} from '#lib/messages/deployed-messages.ts';

/**
 * Reads `workspace.json` of the folder.
 * @throws Error that names the file, where it is missing or no workspace of this format: the deployment was put together wrongly, and
 *   no function can do anything.
 */
export function loadWorkspaceFile(folder: string): DeployedWorkspace {
  return read(join(folder, WORKSPACE_FILE), deployedWorkspaceSchema);
}

/** Reads `messages.json` of the folder; throws as `loadWorkspaceFile` does. */
export function loadMessagesFile(folder: string): DeployedMessages {
  return read(join(folder, MESSAGES_FILE), deployedMessagesSchema);
}

/** The workspace as the engine reads it. The log explains what was decided, and not whom every entry kept out: those are most. */
export function engineWorkspace(deployed: DeployedWorkspace): Workspace {
  const { manifests, newest, journeys, segments } = deployed;
  const settings = engineSettings(deployed.settings, 'decisions', deployed.holidays);
  return createWorkspace({ manifests, newest, journeys, segments, settings });
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is missing or no JSON: the function was packed without its workspace`);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new Error(`${file} does not fit this function: ${z.prettifyError(result.error)}`);
}
