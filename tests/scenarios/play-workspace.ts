// Plays all scenarios of a workspace folder through the code behind `wend check` and `wend test`.
import { resolve } from 'node:path';
import { loadWorkspace } from '#lib/cli/load-workspace.ts';
import { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';

/** What `wend check` and `wend test` would say. */
export interface PlayedWorkspace {
  /** `file:line code`: whatever is wrong or suspicious. */
  readonly diagnostics: readonly string[];
  /** Names of all scenarios, in the order of files and lines. */
  readonly names: readonly string[];
  /** Name and first difference of those that do not do what they say. */
  readonly failed: readonly string[];
}

/** `folder` is one beside this file. */
export async function playWorkspace(folder: string): Promise<PlayedWorkspace> {
  const workspace = await loadWorkspace(resolve(import.meta.dirname, folder));
  const { settings, journeys, segments, messages, scenarios } = workspace;
  const diagnostics = workspace.diagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`);
  const names = scenarios.map(({ scenario }) => scenario.name);
  if (settings === undefined) return { diagnostics, names, failed: [] };
  const player = ScenarioPlayer.of({ settings, journeys, segments, messages });
  const failed: string[] = [];
  for (const placed of scenarios) {
    const { passed, missing, unexpected, problems } = await player.play(placed);
    if (passed) continue;
    const [wanted] = missing.map(({ expected }) => `expected ${JSON.stringify(expected.fields)}`);
    const [surprise] = unexpected.map(({ at, kind, message }) => `${at} ${kind} ${message ?? ''}`);
    failed.push(`${placed.scenario.name}: ${problems[0] ?? wanted ?? surprise ?? ''}`);
  }
  return { diagnostics, names, failed };
}
