/**
 * What a deployed function knows of the workspace: the file `workspace.json` beside its code. Written when the deployment is put
 * together, read once when a function starts, and the same for every environment.
 */
import * as z from 'zod';
import type { JourneyRules } from './journey-rules.ts';
import type { Manifest } from './manifest.ts';
import type { SegmentDefinition } from './segment.ts';
import type { Settings } from './settings.ts';

export const WORKSPACE_FILE = 'workspace.json';

/**
 * The head is checked; what it holds was checked by the compiler when the versions were made, and checking megabytes of manifests
 * again would take most of a function's start.
 */
export const deployedWorkspaceSchema = z.object({
  format: z.literal(1),
  /** Hash of all that follows. The deployment writes it down, so that whoever retires versions knows which repository it is made of. */
  mark: z.string().min(1),
  /** With defaults filled in. */
  settings: z.custom<Settings>(isObject, 'must be the settings of the workspace'),
  /** Every version that may have people inside or a goal window open. */
  manifests: z.custom<readonly Manifest[]>(Array.isArray, 'must be a list of manifests'),
  /** Journey → the version on which new runs start. */
  newest: z.record(z.string(), z.string()),
  journeys: z.custom<Readonly<Record<string, JourneyRules>>>(isObject, 'must be the rules of each journey'),
  /** Public holidays by the place that versions name, YYYY-MM-DD; absent where none is named. */
  holidays: z
    .custom<Readonly<Record<string, readonly string[]>>>(isObject, 'must be dates by place')
    .optional(),
  segments: z.custom<readonly SegmentDefinition[]>(Array.isArray, 'must be a list of segments'),
});
export type DeployedWorkspace = z.infer<typeof deployedWorkspaceSchema>;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
