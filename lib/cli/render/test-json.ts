// The results of scenarios for scripts: what was expected, what happened, and where they differ.
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import type { Actual } from '#lib/simulator/scenarios/actual.ts';
import type { Missing } from '#lib/simulator/scenarios/match-expectations.ts';
import type { ScenarioResult } from '#lib/simulator/scenarios/play-scenario.ts';
import type { PlacedScenario } from '#lib/simulator/scenarios/read-tests.ts';

/** A scenario with what came of it. */
export interface PlayedScenario {
  readonly placed: PlacedScenario;
  readonly result: ScenarioResult;
}

/** One object for all scenarios; those that passed are told without their timeline. */
export function testReport(played: readonly PlayedScenario[], suspicious: readonly Diagnostic[]): object {
  const failed = played.filter(({ result }) => !result.passed).length;
  return {
    scenarios: played.length,
    passed: played.length - failed,
    failed,
    suspicious,
    results: played.map(({ placed: { scenario, journey, file, line }, result }) => ({
      journey,
      scenario: scenario.name,
      file,
      line,
      passed: result.passed,
      ...(!result.passed && {
        problems: result.problems,
        missing: result.missing.map(missingOf),
        unexpected: result.unexpected.map(actualOf),
        actual: result.actual.map(actualOf),
      }),
    })),
  };
}

function missingOf({ expected: { index, kind, customer, journey, at, fields }, instead }: Missing): object {
  return {
    expect: index,
    customer,
    journey,
    ...(at !== undefined && { at }),
    words: kind.words(fields),
    ...(instead && { instead: actualOf(instead.actual), differences: instead.differences }),
  };
}

/** What happened; of a message its subject, for bodies are long. */
function actualOf({ rendered, customer: _id, external, ...line }: Actual): object {
  return {
    customer: external,
    ...line,
    ...(rendered?.subject !== undefined && { subject: rendered.subject }),
  };
}
