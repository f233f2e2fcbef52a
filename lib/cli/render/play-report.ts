// The report of a play for people: what happened, journey by journey and step by step, in a hundred columns.
import type { ActionFigures, JourneyFigures, PlayReport } from '#lib/simulator/report.ts';
import type { Refusal } from '#lib/simulator/refused-lines.ts';
import type { Colours } from '../terminal.ts';
import { count, counted, percent } from './numbers.ts';
import { renderRefusedLines } from './refused-lines.ts';
import { renderTable } from './table.ts';

/** What is told about a play besides its report. */
export interface PlayStory {
  readonly file: string;
  readonly report: PlayReport;
  /** Lines refused while reading, with their places. */
  readonly refused: readonly Refusal[];
  /** Days of the first and the last event, and of the last thing that happened. */
  readonly days: { readonly first: string; readonly last: string; readonly end: string };
  /** Milliseconds. */
  readonly took: number;
  /** Journeys that were not played because they are drafts. */
  readonly drafts: readonly string[];
}

/** The whole story, several lines. */
export function renderPlay(story: PlayStory, colours: Colours): string {
  const { report } = story;
  const ids = Object.keys(report.journeys);
  return [
    renderHead(story, colours),
    renderRefusedLines(story.refused, colours),
    renderIgnored(report.ignored ?? {}, colours),
    ids.length === 0 ? 'No journey is live, so nothing could happen.\n' : heading('Journeys', colours),
    renderTable(
      JOURNEY_COLUMNS,
      ids.map((id) => journeyRow(id, report, colours)),
      colours,
    ),
    ...ids.map((id) => renderJourney(id, report.journeys[id], colours)),
    renderSegments(report.segments ?? {}, colours),
    heading('Messages', colours),
    renderMessages(report, colours),
    renderPeaks(report, colours),
    renderActions(report.actions, colours),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Runs of a journey that is paused wait for somebody who lets it go on. */
function isOver({ journeys }: PlayReport): boolean {
  return Object.values(journeys).every(({ active }) => active === 0);
}

/** What was played and changed nothing, or not all it meant to; the trace says whose it was. */
function renderIgnored(ignored: Readonly<Record<string, number>>, colours: Colours): string {
  const rows = Object.entries(ignored);
  if (rows.length === 0) return '';
  const lines = rows.map(([reason, times]) => `  ${count(times).padStart(9)}  ${reason}\n`);
  return `${colours.yellow('ignored')}: events that were played and changed nothing\n${lines.join('')}`;
}

function renderHead({ file, report, days, took, drafts }: PlayStory, colours: Colours): string {
  const lines = [
    colours.bold(`Played ${file}`),
    `  ${counted(report.events, 'event')} of ${counted(report.customers, 'customer')}, ${days.first} to ${days.last}, ` +
      `in ${(took / 1000).toFixed(1)} s`,
    report.until === undefined
      ? `  Time was virtual and ran on until ${isOver(report) ? 'every run had ended' : 'nothing more could happen'}, on ${days.end}. Nothing was sent.`
      : `  Time was virtual and stopped at ${report.until}. Nothing was sent.`,
  ];
  if (report.assumedConsent !== undefined)
    lines.push(
      colours.yellow(`  Consent was assumed where there is no record: ${report.assumedConsent.join(', ')}.`),
    );
  if (report.disorder !== undefined)
    lines.push(
      colours.yellow(
        `  Disorder was added (seed ${report.disorder}): duplicates, and delays of up to an hour.`,
      ),
    );
  if (drafts.length > 0) lines.push(colours.dim(`  Drafts are not played: ${drafts.join(', ')}.`));
  return `${lines.join('\n')}\n`;
}

const JOURNEY_COLUMNS = [
  { title: 'journey' },
  { title: 'entered', align: 'right' },
  { title: 'active', align: 'right' },
  { title: 'completed', align: 'right' },
  { title: 'exited', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'held out', align: 'right' },
  { title: 'converted', align: 'right' },
  { title: 'transitions', align: 'right' },
] as const;

function journeyRow(id: string, { journeys }: PlayReport, colours: Colours): readonly string[] {
  const figures = journeys[id];
  if (figures === undefined) return [id];
  return [
    colours.cyan(id),
    count(figures.entered),
    count(figures.active),
    count(figures.completed),
    count(total(figures.exited)),
    figures.failed === 0 ? '0' : colours.red(count(figures.failed)),
    count(figures.heldOut),
    count(figures.converted),
    count(figures.transitions),
  ];
}

const SEGMENT_COLUMNS = [
  { title: 'segment' },
  { title: 'members', align: 'right' },
  { title: 'entered', align: 'right' },
  { title: 'left', align: 'right' },
] as const;

function renderSegments(segments: NonNullable<PlayReport['segments']>, colours: Colours): string {
  const rows = Object.entries(segments);
  if (rows.length === 0) return '';
  const cells = rows.map(([id, { members, entered, left }]) => [
    colours.cyan(id),
    count(members),
    count(entered),
    count(left),
  ]);
  return `${heading('Segments', colours)}${renderTable(SEGMENT_COLUMNS, cells, colours)}`;
}

const STEP_COLUMNS = [
  { title: 'step' },
  { title: 'reached', align: 'right' },
  { title: 'of entered', align: 'right' },
  { title: '' },
] as const;

/** What is left of a hundred columns beside the figures, for step and bar together. */
const STEP_AND_BAR = 72;
const LONGEST_BAR = 36;

function renderJourney(id: string, figures: JourneyFigures | undefined, colours: Colours): string {
  if (figures === undefined) return '';
  const { entered, exited, refused, steps, paused } = figures;
  if (entered === 0 && Object.keys(refused).length === 0)
    return `${heading(id, colours)}  ${colours.dim(`Nobody entered; none of its ${counted(Object.keys(steps).length, 'step')} was reached.`)}\n`;
  const longest = Math.max(...Object.keys(steps).map((step) => step.length));
  const barWidth = Math.max(4, Math.min(LONGEST_BAR, STEP_AND_BAR - longest));
  const most = Math.max(1, entered, ...Object.values(steps).map(({ reached }) => reached));
  const rows = Object.entries(steps).map(([step, { reached }]) => [
    step,
    reached === 0 ? colours.dim('0') : count(reached),
    colours.dim(percent(reached, entered)),
    colours.green('█'.repeat(Math.round((reached / most) * barWidth))),
  ]);
  return [
    heading(id, colours),
    paused === undefined
      ? ''
      : `  ${colours.red('paused by the breaker')} at ${paused.at}: ${paused.reason}\n`,
    reasons('exits', exited, colours),
    reasons('not let in', refused, colours),
    renderTable(STEP_COLUMNS, rows, colours),
  ].join('');
}

const MESSAGE_COLUMNS = [
  { title: 'message', width: 26 },
  { title: 'channel' },
  { title: 'sent', align: 'right' },
  { title: 'skipped', width: 28 },
  { title: 'deferred', width: 24 },
] as const;

function renderMessages({ messages }: PlayReport, colours: Colours): string {
  const rows = Object.entries(messages).flatMap(([id, channels]) =>
    Object.entries(channels).map(([channel, { sent, segments = sent, skipped, deferred }]) => [
      colours.cyan(id),
      channel,
      // Carriers charge each.
      segments === sent ? count(sent) : `${count(sent)} (${count(segments)} segments)`,
      listed(skipped),
      listed(deferred),
    ]),
  );
  return rows.length === 0 ? '  None: no run came to a send.\n' : renderTable(MESSAGE_COLUMNS, rows, colours);
}

const PEAK_COLUMNS = [
  { title: 'channel' },
  { title: 'most in a second', align: 'right' },
  { title: 'at' },
  { title: 'most in a minute', align: 'right' },
  { title: 'at' },
] as const;

function renderPeaks({ peaks = {} }: PlayReport, colours: Colours): string {
  const rows = Object.entries(peaks).map(([channel, { second, minute }]) => [
    channel,
    count(second.messages),
    colours.dim(second.at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)),
    count(minute.messages),
    colours.dim(minute.at.slice(0, 'YYYY-MM-DDTHH:MM'.length)),
  ]);
  if (rows.length === 0) return '';
  return `${heading('Busiest moments', colours)}${renderTable(PEAK_COLUMNS, rows, colours)}`;
}

/** What steps did besides sending, and that it stayed here. */
function renderActions(actions: ActionFigures | undefined, colours: Colours): string {
  if (actions === undefined) return '';
  const { sets, emits, calls } = actions;
  const made = Object.values(calls).reduce((sum, { answered, failed }) => sum + answered + failed, 0);
  const called = Object.entries(calls).map(
    ([name, { answered, failed }]) =>
      `${name} ${count(answered + failed)}${failed === 0 ? '' : ` (${count(failed)} without an answer)`}`,
  );
  return [
    heading('Actions', colours),
    reasons('traits written', sets, colours),
    reasons('events emitted', emits, colours),
    made === 0
      ? ''
      : `  ${colours.dim('calls:')} ${called.join(', ')}. Nothing left this machine; each was answered with an empty object.\n`,
  ].join('');
}

function heading(title: string, colours: Colours): string {
  return `${colours.bold(title)}\n`;
}

function reasons(title: string, counts: Readonly<Record<string, number>>, colours: Colours): string {
  return Object.keys(counts).length === 0 ? '' : `  ${colours.dim(`${title}:`)} ${listed(counts)}\n`;
}

/** "no consent 1,200, expired 3": most frequent first. */
function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, times]) => `${reason} ${count(times)}`)
    .join(', ');
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0);
}
