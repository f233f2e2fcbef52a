/**
 * What of a journey its scenarios have shown: the way in, every step, every way at a step, every message, goal and exits.
 * Both sides are keys: those that a journey can earn, each with its place, and those that what happened has earned.
 */
import { placeIn, readJson } from '#lib/compiler/parse/json-text.ts';
import type { SourceFile } from '#lib/compiler/parse/source-file.ts';
import { placeSteps, type StepPlace } from '#lib/compiler/step-places.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { kindOf } from '#lib/journey/steps/step.ts';
import { DATE_IS_PAST } from '#lib/journey/waits.ts';
import type { Actual } from './actual.ts';

/** Something that a scenario can show. */
interface CoverageItem {
  readonly key: string;
  /** "remind never sends" when it is not covered. */
  readonly uncovered: string;
  readonly path: JsonPath;
}

/** What of one journey is covered. */
export interface JourneyCoverage {
  readonly journey: string;
  readonly file: string;
  readonly covered: number;
  readonly total: number;
  readonly missing: readonly { readonly what: string; readonly line: number }[];
}

/** Holds what happened in all scenarios against what can happen in the journey; `file` is its text. */
export function coverageOf(
  checked: CheckedJourney,
  file: SourceFile,
  actual: Iterable<Actual>,
): JourneyCoverage {
  const earned = earnedKeys(checked.id, actual);
  const items = coverageItems(checked);
  const { json } = readJson(file);
  const missing = items
    .filter(({ key }) => !earned.has(key))
    .map(({ uncovered, path }) => ({
      what: uncovered,
      line: json === undefined ? 1 : placeIn(json, path, 'value').line,
    }));
  return {
    journey: checked.id,
    file: checked.file,
    covered: items.length - missing.length,
    total: items.length,
    missing,
  };
}

/** Keys that what happened to customers of a journey has earned. */
function earnedKeys(journey: string, actual: Iterable<Actual>): Set<string> {
  const keys = new Set<string>();
  for (const { journey: of, kind, step, branch, reason } of actual) {
    if (of !== journey) continue;
    if (kind === 'enters') keys.add('entry');
    if (kind === 'refuses' && reason === 'holdout') keys.add('holdout');
    if (kind === 'converts') keys.add('goal');
    if (kind === 'exits') keys.add(`exit ${reason}`);
    if (step === undefined) continue;
    keys.add(`step ${step}`);
    if (kind === 'sends') keys.add(`sends ${step}`);
    if (kind === 'takes') keys.add(`way ${step}: ${branch}`);
  }
  return keys;
}

function coverageItems({ journey, manifest }: CheckedJourney): CoverageItem[] {
  const items: CoverageItem[] = [{ key: 'entry', uncovered: 'nobody enters', path: ['entry'] }];
  if (manifest.entry.holdout !== undefined)
    items.push({ key: 'holdout', uncovered: 'nobody is held out', path: ['entry', 'holdout'] });
  if (manifest.goal !== undefined)
    items.push({ key: 'goal', uncovered: 'the goal is never reached', path: ['goal'] });
  for (const [index, { reason }] of manifest.exits.entries())
    items.push({
      key: `exit ${reason}`,
      uncovered: `nobody exits with the reason "${reason}"`,
      path: ['exit', index],
    });
  return [...items, ...placeSteps(journey).flatMap(itemsOf)];
}

function itemsOf({ step, node, path }: StepPlace): CoverageItem[] {
  if (step.type === 'exit')
    return [
      {
        key: `exit ${step.reason}`,
        uncovered: `nobody exits with the reason "${step.reason}"`,
        path,
      },
    ];
  if (step.type === 'send')
    return [{ key: `sends ${node}`, uncovered: `${node} never sends ${step.message}`, path }];
  if (step.type === 'goto')
    // Only a jump with an id is told by the log.
    return step.id === undefined
      ? []
      : [
          { key: `way ${node}: ${step.step}`, uncovered: `${node} never jumps`, path },
          ...(step.atMost === undefined
            ? []
            : [
                {
                  key: `way ${node}: on`,
                  uncovered: `${node} is never passed over, its jumps used up`,
                  path,
                },
              ]),
        ];
  if (step.type === 'wait' && typeof step.ifPast === 'object')
    return [
      { key: `step ${node}`, uncovered: `${node} is never reached`, path },
      {
        key: `way ${node}: ${DATE_IS_PAST}`,
        uncovered: `${node} never takes "${DATE_IS_PAST}"`,
        path: [...path, 'ifPast'],
      },
    ];
  const arms = kindOf(step).arms(step);
  if (arms.length === 0) return [{ key: `step ${node}`, uncovered: `${node} is never reached`, path }];
  return arms.map(({ name, path: arm }) => {
    const way = step.type === 'waitFor' && name === 'otherwise' ? 'time is up' : name;
    return {
      key: `way ${node}: ${way}`,
      uncovered: `${node} never takes "${way}"`,
      path: [...path, ...arm],
    };
  });
}
