/** Which kinds of sources there are, and what of them is heard: from the workspace that is deployed. */
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { canBeSent, heardEvents } from '#lib/journey/watched-events.ts';
import type { Ingestion } from './ingestion.ts';
import { plainEvents } from './plain-events.ts';
import { segmentCalls } from './segment-calls.ts';
import type { SourceReader } from './source-reader.ts';

/**
 * A plain event of the settings is one even where its detail looks like a Segment call.
 * @param providers readers of what providers report; asked first, because their sources are theirs alone
 */
export function createReaders(
  workspace: Pick<DeployedWorkspace, 'manifests' | 'newest' | 'segments' | 'settings'>,
  providers: readonly SourceReader[],
): Pick<Ingestion, 'readers' | 'isHeard'> {
  const { any, names, audiences } = heardEvents(workspace);
  const heard = new Set(names);
  return {
    readers: [...providers, plainEvents(workspace.settings.plainEvents, audiences), segmentCalls(audiences)],
    isHeard: (event) => heard.has(event) || (any && canBeSent(event)),
  };
}
