// After a play: where to look, and what to try.
import type { PlayReport } from '#lib/simulator/report.ts';
import type { Colours } from '../terminal.ts';

/** The options of the play that matter here. */
export interface PlayedWith {
  readonly events: string;
  readonly workspace: string;
  readonly assumeConsent?: readonly string[];
  /** The topic of journeys that name none, if there is one. */
  readonly defaultTopic?: string | undefined;
  /** Journeys in which there is a wait to be changed. */
  readonly withWaits: ReadonlySet<string>;
  readonly report?: string;
  readonly trace?: string;
  readonly outbox?: string;
}

/** A few commands to go on with, or where the files are that were asked for. Ends with a newline. */
export function renderWhatNext(options: PlayedWith, report: PlayReport, colours: Colours): string {
  const written = [
    ['report', options.report],
    ['trace', options.trace],
    ['outbox', options.outbox],
  ].filter(([, path]) => path !== undefined);
  if (written.length > 0)
    return written.map(([what, path]) => `${colours.dim(`${what}:`)} ${path}\n`).join('');
  const rows = suggestions(options, report).map(
    ([why, command]) => `  ${why}\n    ${colours.cyan(command)}\n`,
  );
  return `${colours.bold('What next')}\n${rows.join('')}`;
}

function suggestions(
  { events, workspace, assumeConsent, defaultTopic, withWaits }: PlayedWith,
  report: PlayReport,
): (readonly [string, string])[] {
  const where = workspace === 'workspace' ? '' : ` --workspace ${workspace}`;
  const play = `npx wend play --events ${events}${where}`;
  const journey = busiest(report, withWaits);
  const topic = assumeConsent === undefined && lacksConsent(report) ? defaultTopic : undefined;
  return [
    [
      "Why did (or didn't) somebody get a message? The trace says it, one decision a line.",
      `${play} --trace trace.jsonl`,
    ],
    ['Every message as it would have left, one a line.', `${play} --outbox outbox.jsonl`],
    ...(topic === undefined
      ? []
      : ([
          ['Many sends lacked consent. What if everybody had given it?', `${play} --assume-consent ${topic}`],
        ] as const)),
    ...(journey === undefined
      ? []
      : ([
          [
            `Change a wait in ${workspace}/journeys/${journey}.json, check it, and play again.`,
            `npx wend check${where} && ${play}`,
          ],
          ['A journey as a picture.', `npx wend graph ${journey}${where} --format svg > ${journey}.svg`],
        ] as const)),
  ];
}

function busiest({ journeys }: PlayReport, among: ReadonlySet<string>): string | undefined {
  const candidates = Object.entries(journeys).filter(([id]) => among.has(id));
  return candidates.toSorted(([, a], [, b]) => b.entered - a.entered)[0]?.[0];
}

function lacksConsent({ messages }: PlayReport): boolean {
  const channels = Object.values(messages).flatMap((message) => Object.values(message));
  return channels.some(({ skipped, sent }) => (skipped['no consent'] ?? 0) > sent);
}
