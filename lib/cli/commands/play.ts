// `wend play`: what would happen if these events came in?
import { Command } from 'commander';
import { holidaysNamed } from '#lib/compiler/holidays/expand.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { breakerLimits } from '#lib/journey/breaker.ts';
import { journeyRules } from '#lib/journey/journey-rules.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { TemporaryFileProblem } from '#lib/simulator/part-lines.ts';
import type { PlayResult } from '#lib/simulator/play.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { limitHeapGrowth } from '../heap-growth.ts';
import { createLineFile, type LineFile } from '../line-file.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { instantArgument, jsonOption, wholeNumberArgument, workspaceOption } from '../options.ts';
import { isHandWritten, realPath } from '../output-paths.ts';
import { createBar, type PartsBar } from '../progress-bar.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';
import { renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { renderPlay } from '../render/play-report.ts';
import { renderWhatNext } from '../render/what-next.ts';

interface PlayCommandOptions {
  readonly events: string;
  readonly workspace: string;
  readonly until?: Instant;
  readonly assumeConsent?: readonly string[];
  readonly disorder?: number;
  readonly report?: string;
  readonly trace?: string;
  readonly outbox?: string;
  readonly json?: boolean;
}

/** The command, not yet parsed. Journeys with errors are told and left out; the others are played. */
export function playCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('play')
    .summary('play a stream of events on the journeys, in virtual time')
    .description(
      'Plays a stream of events on the live journeys of a workspace and tells what happened. Nothing is sent. ' +
        'Time is virtual: weeks take seconds, and the play goes on after the last event until every run has ended.\n' +
        'The stream has one JSON object a line, in the Segment spec (track, identify), plain or gzip.',
    )
    .requiredOption('--events <file>', 'the stream')
    .addOption(workspaceOption())
    .option('--until <instant>', 'stop there, with runs that are still active', instantArgument)
    .option(
      '--assume-consent <topic>',
      'take no record of consent for this topic as consent (repeatable)',
      (topic: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), topic],
    )
    .option(
      '--disorder <seed>',
      'add duplicates and delays of up to an hour, the same for the same seed',
      wholeNumberArgument,
    )
    .option('--report <file>', 'write the figures as JSON')
    .option('--trace <file>', 'write what was decided about whom and why, one JSON object a line')
    .option('--outbox <file>', 'write every rendered message, one JSON object a line')
    .addOption(jsonOption('the report'))
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  wend play --events workspace/events/sample.jsonl.gz',
        '  wend play --events events.jsonl --assume-consent promotions --trace trace.jsonl',
        '  wend play --events events.jsonl --disorder 7 --until 2026-11-30 --json',
      ].join('\n'),
    )
    .action(async (options: PlayCommandOptions) => {
      limitHeapGrowth();
      const workspace = await loadWorkspace(options.workspace);
      const { settings, diagnostics, texts, folder } = workspace;
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const live = workspace.journeys.filter(({ status }) => status !== 'draft');
      const playable = settings !== undefined && (errors.length === 0 || live.length > 0);
      if (errors.length > 0) {
        exitWith(EXIT.problems);
        if (options.json !== true) {
          terminal.err(renderDiagnostics(errors, texts, folder, terminal.errorColours));
          const rest = playable
            ? `the ${live.length === 1 ? 'one live journey' : `${live.length} live journeys`} without errors ${live.length === 1 ? 'is' : 'are'} played`
            : 'nothing was played';
          terminal.err(`\n${summarise(errors, terminal.errorColours)}: ${rest}\n`);
        }
      }
      if (!playable) {
        if (options.json === true) terminal.out(diagnosticsJson(errors));
        return;
      }
      checkTopics(options.assumeConsent ?? [], settings);
      checkPaths(options);
      const started = performance.now();
      const bar = createBar(terminal, 'events');
      const result = await playWorkspace(workspace, settings, options, bar);
      if (options.json === true) {
        // Journeys with errors were left out: whoever reads the figures has to know.
        const leftOut = errors.length === 0 ? {} : { diagnostics: errors };
        terminal.out(`${JSON.stringify({ ...result.report, ...leftOut }, null, 2)}\n`);
        return;
      }
      const story = {
        file: options.events,
        report: result.report,
        refused: result.refused,
        days: { first: day(result.first), last: day(result.last), end: day(result.end) },
        took: performance.now() - started,
        drafts: workspace.journeys.filter(({ status }) => status === 'draft').map(({ id }) => id),
      };
      terminal.out(renderPlay(story, terminal.colours));
      const played = { ...options, defaultTopic: settings.defaultTopic, withWaits: withWaits(workspace) };
      terminal.out(`\n${renderWhatNext(played, result.report, terminal.colours)}`);
    });
}

/** Ids of the journeys that have a step `wait`. */
function withWaits({ journeys }: LoadedWorkspace): ReadonlySet<string> {
  const waiting = journeys.filter(({ manifest: { flow } }) =>
    Object.values(flow.nodes).some(({ kind }) => kind === 'wait'),
  );
  return new Set(waiting.map(({ id }) => id));
}

async function playWorkspace(
  workspace: LoadedWorkspace,
  settings: Settings,
  options: PlayCommandOptions,
  bar: PartsBar,
): Promise<PlayResult> {
  const deployed = workspace.journeys.filter(({ status }) => status !== 'draft');
  const files: LineFile[] = [];
  let failed = true;
  const open = (path: string | undefined): LineFile | undefined => {
    if (path === undefined) return undefined;
    const file = createLineFile(path);
    files.push(file);
    return file;
  };
  try {
    const [report, trace, outbox] = [open(options.report), open(options.trace), open(options.outbox)];
    // Loaded where it is needed: other commands start without it.
    const { playInParts } = await import('#lib/simulator/play-in-parts.ts');
    const result = await playInParts({
      events: options.events,
      journeys: deployed.map(({ manifest }) => compileManifest(manifest)),
      rules: Object.fromEntries(
        deployed.flatMap(({ id, journey }) => {
          const rules = journeyRules(journey);
          return rules === undefined ? [] : [[id, rules]];
        }),
      ),
      settings: engineSettings(
        settings,
        options.trace === undefined ? 'nothing' : 'everything',
        holidaysNamed(deployed.map(({ manifest }) => manifest)),
      ),
      breaker: breakerLimits(settings.breaker),
      segments: workspace.segments,
      rendering: { messages: workspace.messages, settings, catalog: workspace.catalog },
      ...(options.until !== undefined && { until: options.until }),
      ...(options.disorder !== undefined && { disorder: options.disorder }),
      assumeConsent: options.assumeConsent ?? [],
      ...(trace && { onTrace: (line) => trace.write(line) }),
      ...(outbox && { onMessage: (line) => outbox.write(line) }),
      onProgress: ({ played, total, now }) => bar.update(played, total, now.slice(0, 10)),
    });
    report?.write(JSON.stringify(result.report, null, 2));
    failed = false;
    return result;
  } catch (error) {
    if (error instanceof TemporaryFileProblem) throw new CommandProblem(error.message);
    throw error;
  } finally {
    bar.stop();
    for (const file of files) file.close(failed);
  }
}

function checkTopics(assumed: readonly string[], { topics }: Settings): void {
  for (const topic of assumed) {
    if (!Object.hasOwn(topics, topic))
      throw new CommandProblem(
        `there is no topic "${topic}" in settings`,
        suggestion(topic, Object.keys(topics)),
      );
  }
}

/** An output must not be the input nor lie among the workspace's own files, and no two outputs are one file. */
function checkPaths({ events, workspace, report, trace, outbox }: PlayCommandOptions): void {
  const taken = new Map([[realPath(events), '--events']]);
  for (const [option, path] of Object.entries({ report, trace, outbox })) {
    if (path === undefined) continue;
    const real = realPath(path);
    if (isHandWritten(path, workspace))
      throw new CommandProblem(`--${option} would overwrite ${path}, a file of the workspace`);
    const other = taken.get(real);
    if (other !== undefined) throw new CommandProblem(`--${option} and ${other} name the same file, ${path}`);
    taken.set(real, `--${option}`);
  }
}

function day(instant: Instant): string {
  return instant.slice(0, 10);
}
