/**
 * Reads a whole workspace: settings, then each journey by itself, then what concerns several of them. Pure: files come in
 * as texts, messages as summaries. Whatever is wrong comes out as diagnostics; the journeys without errors come out linked.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { LiquidReader } from '#lib/journey/liquid-text.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { checkAnswered } from './check-confirmations.ts';
import { checkJourney, type JourneyOutcome } from './check-journey.ts';
import { checkRegistered } from './check-registered.ts';
import { checkSegment, type SegmentOutcome } from './check-segment.ts';
import { checkSegments } from './check-segments.ts';
import { checkSettings } from './check-settings.ts';
import { checkMembership } from './checks/endless-membership.ts';
import type { CatalogNames } from './checks/recommendations.ts';
import { checkTogether } from './check-together.ts';
import { inOrder, type Diagnostic } from './diagnostics.ts';
import { fileId, type SourceFile } from './parse/source-file.ts';

/** What the compiler has to know of a message. */
export interface MessageSummary {
  readonly id: string;
  /** Hash of all its content; part of the version of every journey that sends it. */
  readonly hash: string;
  /** Channels that it has content for. */
  readonly channels: readonly Channel[];
  readonly locales: readonly string[];
  /** Its message.json, relative to the workspace. */
  readonly file: string;
  /** False where an e-mail of it has no unsubscribe link; absent where that is not known. */
  readonly unsubscribe?: boolean | undefined;
  /** How its text message says that one can stop, in every language: `link`, `word`; absent where that is not known. */
  readonly smsStop?: readonly ('link' | 'word')[] | undefined;
  /** Channels on which it leads to `confirm_url` in every language; absent where that is not known. */
  readonly confirms?: readonly Channel[] | undefined;
  /** Properties of the entry event that its texts print; `*` stands for all of them. */
  readonly entryProperties?: readonly string[] | undefined;
  /** What its texts print of answers and events kept by `saveAs`: `score.value`; `score.*` stands for all of one. */
  readonly savedProperties?: readonly string[] | undefined;
  /** The sender it names; the sender "default" where absent. */
  readonly sender?: string | undefined;
}

export interface WorkspaceSource {
  readonly settings?: SourceFile | undefined;
  readonly journeys: readonly SourceFile[];
  readonly segments?: readonly SourceFile[] | undefined;
  /** CSV files beside the segments. */
  readonly lists?: readonly SourceFile[] | undefined;
  readonly messages: readonly MessageSummary[];
  /** Reads the Liquid in values. */
  readonly readLiquid: LiquidReader;
  /** Names of the catalogue; absent: nothing is compared with it. */
  readonly catalog?: CatalogNames | undefined;
}

/** A journey without errors. */
export interface CheckedJourney {
  /** From its file name. */
  readonly id: string;
  readonly file: string;
  readonly status: Journey['status'];
  readonly journey: Journey;
  /** What the compiler goes on with; the version follows from what it makes of it. */
  readonly manifest: Omit<Manifest, 'version'>;
}

export interface CheckedWorkspace {
  /** Undefined where settings are missing or have errors. */
  readonly settings: Settings | undefined;
  /** By id. Journeys with errors are missing here; there are none without settings. */
  readonly journeys: readonly CheckedJourney[];
  /** Segments without errors, by id. */
  readonly segments: readonly SegmentDefinition[];
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks a workspace. Never throws, whatever the texts are. */
export function readWorkspace(source: WorkspaceSource): CheckedWorkspace {
  const { settings, usable, diagnostics: ofSettings } = checkSettings(source.settings, source.catalog);
  const messages = new Map(source.messages.map((message) => [message.id, message]));
  const named = source.journeys.map((file) => ({ id: fileId(file.path), file }));
  const ids = new Set(named.map(({ id }) => id));
  const segmentIds = new Set((source.segments ?? []).map(({ path }) => fileId(path)));
  const checked = named.map(({ id, file }) =>
    checkJourney({
      id,
      file,
      settings: usable,
      messages,
      journeys: ids,
      segments: segmentIds,
      catalog: source.catalog,
      readLiquid: source.readLiquid,
    }),
  );
  const lists = new Map(
    (source.lists ?? []).map((file) => [file.path.slice(file.path.lastIndexOf('/') + 1), file]),
  );
  const names = { messages, journeys: ids, segments: segmentIds, catalog: source.catalog };
  const segments = (source.segments ?? []).map((file) =>
    checkSegment({ id: fileId(file.path), file, lists, settings: usable, names }),
  );
  const defined = segments.flatMap(({ definition }) => definition ?? []);
  const together = checkTogether(checked, defined, usable?.vocabulary);
  const ofSegments = [
    ...segments.flatMap((each) => each.diagnostics),
    ...checkSegments(segments, lists, usedSegments(checked)),
  ];
  const sound = soundSegments(segments.filter((each) => !hasErrors(ofSegments, each)));
  const diagnostics = [
    ...ofSettings,
    ...checkMembership(checked, sound),
    ...ofSegments,
    ...checked.flatMap((each) => each.diagnostics),
    ...together,
  ];
  const faulty = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  const journeys =
    settings === undefined
      ? []
      : checked.flatMap(({ checked: journey }) =>
          journey === undefined || faulty.has(journey.file) ? [] : [journey],
        );
  // With an error somewhere, the journey that asks may be missing just there.
  const unanswered =
    settings === undefined || source.settings === undefined || faulty.size > 0
      ? []
      : checkAnswered(settings.topics, source.settings, journeys, messages);
  const unregistered =
    usable === undefined || source.settings === undefined
      ? []
      : checkRegistered(usable, source.settings, source.messages);
  return {
    settings,
    journeys: journeys.toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id)),
    segments: sound.toSorted((a, b) => Number(a.id > b.id) - Number(a.id < b.id)),
    diagnostics: inOrder([...diagnostics, ...unanswered, ...unregistered]),
  };
}

function hasErrors(diagnostics: readonly Diagnostic[], { file }: SegmentOutcome): boolean {
  return diagnostics.some((one) => one.severity === 'error' && one.file === file.path);
}

/** Undefined where some journey could not be read whole: it might use any. */
function usedSegments(journeys: readonly JourneyOutcome[]): ReadonlySet<string> | undefined {
  if (journeys.some(({ segments }) => segments === undefined)) return undefined;
  return new Set(journeys.flatMap(({ segments = [] }) => segments));
}

/** Those without errors that refer to no others. */
function soundSegments(segments: readonly SegmentOutcome[]): SegmentDefinition[] {
  const known = new Set(segments.flatMap(({ id, definition }) => (definition === undefined ? [] : [id])));
  const rest = segments.filter(
    ({ definition, refersTo }) =>
      definition !== undefined && refersTo.every(({ segment }) => known.has(segment)),
  );
  return rest.length === segments.length
    ? rest.flatMap(({ definition }) => definition ?? [])
    : soundSegments(rest);
}
