// What a soak says: a line for each sample, and figures at the end.
import { percentile } from './latency.ts';
import type { MemoryVerdict } from './memory-rule.ts';
import type { Soak } from './run-soak.ts';
import type { Sample } from './sample.ts';

const MEGABYTE = 1024 * 1024;

interface Column {
  readonly title: string;
  readonly value: (sample: Sample) => string;
}

const whole = (number: number): string => Math.round(number).toLocaleString('en');
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

const COLUMNS: readonly Column[] = [
  { title: 's', value: ({ seconds }) => whole(seconds) },
  { title: 'business', value: ({ now }) => now.slice(0, 16) },
  { title: 'events', value: ({ events }) => whole(events) },
  { title: 'customers', value: ({ customers }) => whole(customers) },
  { title: 'items', value: ({ items }) => whole(items) },
  { title: 'items MB', value: ({ itemBytes }) => megabytes(itemBytes) },
  { title: 'messages', value: ({ messages }) => whole(messages) },
  { title: 'executions', value: ({ executions }) => whole(executions) },
  { title: 'queued', value: ({ queued }) => whole(queued) },
  { title: 'dead', value: ({ deadLetters }) => whole(deadLetters) },
  { title: 'journal MB', value: ({ journalBytes }) => megabytes(journalBytes) },
  { title: 'heap MB', value: ({ heap }) => megabytes(heap) },
  { title: 'RSS MB', value: ({ resident }) => megabytes(resident) },
  { title: 'CPU s', value: ({ cpuSeconds }) => whole(cpuSeconds) },
];

const widthOf = ({ title }: Column): number => Math.max(title.length, title === 'business' ? 16 : 8) + 2;

export function titleLine(): string {
  return COLUMNS.map((column) => column.title.padStart(widthOf(column))).join('');
}

export function sampleLine(sample: Sample): string {
  return COLUMNS.map((column) => column.value(sample).padStart(widthOf(column))).join('');
}

export function figureLines({
  sender,
  seconds,
  latency,
  starts,
  kills,
  drainSeconds,
  samples,
}: Soak): readonly string[] {
  const answers = sender.answerMillis;
  return [
    `events            ${whole(sender.acknowledged)} acknowledged, ${(sender.acknowledged / seconds).toFixed(1)} a second; ${whole(sender.repeated)} requests put again`,
    `PutEvents         ${whole(percentile(answers, 50))} ms median, ${whole(percentile(answers, 95))} ms for 95 of 100`,
    ...(latency.length === 0
      ? []
      : [
          `to the decision   ${whole(percentile(latency, 50))} ms median, ${whole(percentile(latency, 95))} ms for 95 of 100 (${latency.length} measured)`,
        ]),
    // What a process has used is gone with it.
    ...(kills > 0 ? [] : [`processors        ${perEvent(samples)} ms for each event, of all threads`]),
    `queues            ${whole(Math.max(...samples.map(({ queued }) => queued)))} at the most; ${drainSeconds === undefined ? 'NOT empty at the end' : `empty ${drainSeconds.toFixed(0)} s after the last event`}`,
    `dead letters      ${whole(samples.at(-1)?.deadLetters ?? 0)}`,
    `starts            ${starts.map((one) => one.toFixed(1)).join(' s, ')} s${kills > 0 ? `; ${kills} kills` : ''}`,
  ];
}

export function memoryLines({
  grown,
  mayGrow,
  residentGrown,
  residentMayGrow,
}: MemoryVerdict): readonly string[] {
  return [
    `heap              grown by ${megabytes(grown)} MB after the last customer came; what came to be kept allows ${megabytes(mayGrow)} MB`,
    `whole process     grown by ${megabytes(residentGrown)} MB; ${megabytes(residentMayGrow)} MB allowed`,
  ];
}

/** From the first sample to the last, when the queues have run empty: what was put off is in it. */
function perEvent(samples: readonly Sample[]): string {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.events === first.events) return 'unknown';
  return (((last.cpuSeconds - first.cpuSeconds) * 1000) / (last.events - first.events)).toFixed(1);
}
