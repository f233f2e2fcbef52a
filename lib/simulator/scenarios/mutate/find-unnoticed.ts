/**
 * Changes one thing at a time about a journey, and plays its scenarios on each change that is still a journey without errors.
 * A change that all of them pass is something that the scenarios do not show.
 */
import { checkJourney } from '#lib/compiler/check-journey.ts';
import { placeIn, readJson } from '#lib/compiler/parse/json-text.ts';
import type { SourceFile } from '#lib/compiler/parse/source-file.ts';
import type { CheckedJourney, MessageSummary } from '#lib/compiler/workspace.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { journeyRules } from '#lib/journey/journey-rules.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import type { PlacedScenario } from '../read-tests.ts';
import type { ScenarioPlayer } from '../scenario-player.ts';
import { changesOf } from './changes-of.ts';
import { changed, type Change } from './mutant.ts';

/** A change that no scenario notices. */
interface Unnoticed {
  readonly journey: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly advice: string;
}

/** What came of the changes of one journey. */
export interface MutationResult {
  readonly journey: string;
  /** Changes that were played. */
  readonly changes: number;
  readonly unnoticed: readonly Unnoticed[];
}

/** What a journey is changed in. */
export interface MutationSubject {
  readonly checked: CheckedJourney;
  /** Its text. */
  readonly file: SourceFile;
  readonly settings: Settings;
  readonly messages: readonly MessageSummary[];
  readonly journeyIds: ReadonlySet<string>;
  readonly segmentIds: ReadonlySet<string>;
  /** Plays the journey as it is. */
  readonly player: ScenarioPlayer;
  /** The scenarios that it takes part in, each with the steps that it reaches. */
  readonly scenarios: readonly ReachingScenario[];
}

/** A scenario with the steps of the journey that it reaches as the journey is. */
interface ReachingScenario {
  readonly placed: PlacedScenario;
  readonly steps: ReadonlySet<string>;
}

/** Plays all changes of the journey. */
export async function findUnnoticed(subject: MutationSubject): Promise<MutationResult> {
  const { checked, file, settings, messages } = subject;
  const { json } = readJson(file);
  if (json === undefined) return { journey: checked.id, changes: 0, unnoticed: [] };
  const around = {
    topics: Object.keys(settings.topics),
    messages: new Map(messages.map(({ id, channels }) => [id, channels])),
  };
  const seen = new Set([identityOf(checked)]);
  const unnoticed: Unnoticed[] = [];
  let changes = 0;
  for (const change of changesOf(json.value, around)) {
    const mutant = compiles(changed(json.value, change.path, change.value), subject);
    if (mutant === undefined || seen.has(identityOf(mutant))) continue;
    seen.add(identityOf(mutant));
    changes += 1;
    if (await isNoticed(mutant, change, json.value, subject)) continue;
    const { line } = placeIn(json, change.path, 'value');
    const { what, advice } = change;
    unnoticed.push({ journey: checked.id, file: checked.file, line, what, advice });
  }
  return { journey: checked.id, changes, unnoticed };
}

/** The changed journey, where it has no errors. */
function compiles(
  value: unknown,
  { checked: { id, file }, settings, messages, journeyIds, segmentIds }: MutationSubject,
): CheckedJourney | undefined {
  return checkJourney({
    id,
    file: { path: file, text: JSON.stringify(value) },
    settings,
    messages: new Map(messages.map((message) => [message.id, message])),
    journeys: journeyIds,
    readLiquid,
    segments: segmentIds,
  }).checked;
}

/**
 * What a journey does: two with the same identity cannot be told apart by anything that happens. Everything follows from the
 * manifest, the state machine too.
 */
function identityOf({ manifest, journey }: CheckedJourney): string {
  const nodes = Object.entries(manifest.flow.nodes).map(([id, node]) => [id, effective(node)]);
  return JSON.stringify([
    // Priority is a matter between journeys, and shows only where two of them meet under a cap.
    { ...manifest, priority: 0, flow: { ...manifest.flow, nodes } },
    journeyRules({ ...journey, status: 'live' }),
  ]);
}

/** What is transactional asks for no consent and obeys neither caps nor quiet hours, whatever is written. */
function effective(node: FlowNode): unknown {
  // Which arm is the control group is for reports.
  if (node.kind === 'split') return { ...node, arms: node.arms.map(({ holdout: _reported, ...arm }) => arm) };
  if (node.kind !== 'send' || node.settings.class !== 'transactional') return node;
  const { id, message, channels, class: ofClass, expires, onFailure } = node.settings;
  return {
    kind: node.kind,
    next: node.next,
    settings: { id, message, channels, ofClass, expires, onFailure },
  };
}

async function isNoticed(
  mutant: CheckedJourney,
  change: Change,
  journey: unknown,
  { player, scenarios }: MutationSubject,
): Promise<boolean> {
  const variant = player.variant(mutant);
  const step = stepAround(journey, change.path);
  const first = scenarios.toSorted(
    (a, b) => Number(b.steps.has(step ?? '')) - Number(a.steps.has(step ?? '')),
  );
  for (const { placed } of first) {
    try {
      if (!(await variant.play(placed)).passed) return true;
    } catch {
      // A journey that the simulation cannot play is different enough.
      return true;
    }
  }
  return false;
}

/** Id of the innermost step that a path leads into. */
function stepAround(journey: unknown, path: JsonPath): string | undefined {
  let value = journey;
  let step: string | undefined;
  for (const part of path) {
    if (isObject(value) && typeof value['id'] === 'string') step = value['id'];
    value = (value as Record<string | number, unknown> | undefined)?.[part];
  }
  if (isObject(value) && typeof value['id'] === 'string') step = value['id'];
  return step;
}
