// The scenarios of the starter workspace: all pass, and nothing of its journeys is left out.
import { expect, test } from 'vitest';
import { loadWorkspace } from '#lib/cli/load-workspace.ts';
import { coverageOf } from '#lib/simulator/scenarios/coverage.ts';
import { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';
import type { Actual } from '#lib/simulator/scenarios/actual.ts';

test('all scenarios pass, and take every step, arm and exit of every journey', async () => {
  const { settings, scenarios, texts, ...workspace } = await loadWorkspace('workspace');
  if (settings === undefined) throw new Error('the settings have errors');
  const player = ScenarioPlayer.of({ ...workspace, settings });
  const failed: string[] = [];
  const actual: Actual[] = [];
  for (const placed of scenarios) {
    const result = await player.play(placed);
    actual.push(...result.actual);
    if (!result.passed) failed.push(`${placed.journey}: ${placed.scenario.name}`);
  }
  expect(failed).toEqual([]);
  expect(scenarios.length).toBeGreaterThanOrEqual(80);
  const missing = workspace.journeys.flatMap((journey) =>
    coverageOf(journey, { path: journey.file, text: texts.get(journey.file) ?? '' }, actual).missing.map(
      ({ what, line }) => `${journey.file}:${line} ${what}`,
    ),
  );
  expect(missing).toEqual([]);
});
