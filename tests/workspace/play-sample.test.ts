// Played on its own stream, the starter workspace shows everything: every step, every arm, every channel; and nothing fails.
// Journey by journey it has scenarios as well (workspace/tests); what the stream cannot show is named here, with the reason.
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWorkspace, type LoadedWorkspace } from '#lib/cli/load-workspace.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { armsOf, DATE_IS_PAST } from '#lib/journey/waits.ts';
import { smsParts } from '#lib/messages/sms-length.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { play } from '#lib/simulator/play.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import type { PlayReport } from '#lib/simulator/report.ts';
import type { OutboxLine, TraceLine } from '#lib/simulator/trace.ts';

const folder = resolve(import.meta.dirname, '../../workspace');

/**
 * In a play nothing is called: the model of churn answers nothing, so nobody is at risk. And nobody in the stream asks for the letter from the
 * studio, or for their data. The scenarios do all of it.
 */
const NOT_SHOWN = {
  journeys: ['studio-letter', 'your-data'],
  ways: ['returned-order/risk/at risk'],
  steps: [
    'returned-order/open-ticket',
    'returned-order/sorry',
    'returned-order/to-second-chance',
    'studio-letter/ask',
    'your-data/answer',
  ],
  messages: ['return-sorry', 'studio-letter-confirm', 'your-data'],
};

let workspace: LoadedWorkspace;
let report: PlayReport;
const trace: TraceLine[] = [];
const outbox: OutboxLine[] = [];

beforeAll(async () => {
  workspace = await loadWorkspace(folder);
  const { settings, messages, journeys, segments, catalog } = workspace;
  if (settings === undefined) throw new Error('the settings have errors');
  const result = await play({
    events: resolve(folder, 'events/sample.jsonl.gz'),
    journeys: journeys.map(({ manifest }) => compileManifest(manifest)),
    settings: engineSettings(settings),
    segments,
    renderer: rendererOf({ messages, settings, catalog }),
    onTrace: (line) => trace.push(line),
    onMessage: (line) => outbox.push(line),
  });
  report = result.report;
  // Minutes where the machine has other work: this is no measurement.
}, 600_000);

/** What a trace calls each way out of a step that decides. */
function waysOut(node: FlowNode): readonly string[] {
  if (node.kind === 'branch') return [...node.cases.map(({ name }) => name), 'otherwise'];
  if (node.kind === 'wait') return typeof node.ifPast === 'object' ? [DATE_IS_PAST] : [];
  if (node.kind === 'waitFor') return [...armsOf(node).map(({ name }) => name), 'time is up'];
  return node.kind === 'split' ? node.arms.map(({ name }) => name) : [];
}

describe('the starter workspace on its own stream', () => {
  it('lets customers into every journey and to every step, and none fails or stays inside', () => {
    const figures = Object.values(report.journeys);
    expect(Object.keys(report.journeys)).toEqual(workspace.journeys.map(({ id }) => id));
    const unseen = Object.entries(report.journeys).flatMap(([id, { entered }]) =>
      entered === 0 ? [id] : [],
    );
    expect(unseen).toEqual(NOT_SHOWN.journeys);
    expect(figures.filter(({ failed, active }) => failed + active > 0)).toEqual([]);
    const unreached = Object.entries(report.journeys).flatMap(([id, { steps }]) =>
      Object.entries(steps).flatMap(([step, { reached }]) => (reached === 0 ? [`${id}/${step}`] : [])),
    );
    expect(unreached).toEqual(NOT_SHOWN.steps);
  });

  it('takes every way out of every branch, split and wait for events', () => {
    const taken = new Set(
      trace.flatMap(({ kind, journey, step, branch }) =>
        kind === 'takes' ? [`${journey}/${step}/${branch}`] : [],
      ),
    );
    const all = workspace.journeys.flatMap(({ id, manifest }) =>
      Object.entries(manifest.flow.nodes).flatMap(([step, node]) =>
        waysOut(node).map((way) => `${id}/${step}/${way}`),
      ),
    );
    expect(all.length).toBeGreaterThan(25);
    expect(all.filter((way) => !taken.has(way))).toEqual(NOT_SHOWN.ways);
  });

  it('leaves by every exit and by goals', () => {
    const written = workspace.journeys.flatMap(({ id, manifest: { exits, flow } }) => {
      const steps = Object.values(flow.nodes).flatMap((node) => (node.kind === 'exit' ? [node.reason] : []));
      return [...exits.map(({ reason }) => reason), ...steps].map((reason) => ({ id, reason }));
    });
    expect(written.length).toBeGreaterThan(8);
    expect(written.filter(({ id, reason }) => report.journeys[id]?.exited[reason] === undefined)).toEqual([]);
    expect(report.journeys['cart-recovery']?.exited['goal']).toBeGreaterThan(50);
  });

  it('sends on every channel, in both languages', () => {
    expect(new Set(outbox.map(({ channel }) => channel))).toEqual(new Set(channelSchema.options));
    expect(new Set(outbox.map(({ locale }) => locale))).toEqual(new Set(['de', 'en']));
    const sent = new Set(outbox.map(({ message }) => message.split('@')[0]));
    const silent = workspace.messages.map(({ id }) => id).filter((id) => !sent.has(id));
    expect(silent).toEqual(NOT_SHOWN.messages);
  });

  it('visits steps again in its loops', () => {
    const visits = Map.groupBy(outbox, ({ journey, run, step }) => `${journey} ${run} ${step}`);
    const again = [...visits.values()].filter((sends) => sends.length > 1).map((sends) => sends[0]?.step);
    expect(new Set(again)).toEqual(new Set(['ask', 'remind', 'time-to-oil']));
  });

  it('defers for quiet hours, and skips for caps, consent and missing addresses', () => {
    const reasons = new Set(
      trace.flatMap(({ kind, reason }) => (kind === 'skips' || kind === 'defers' ? [reason] : [])),
    );
    for (const reason of ['quiet hours', 'frequency cap', 'no consent', 'no address'])
      expect(reasons).toContain(reason);
    expect(reasons).not.toContain('message could not be rendered');
  });

  it('never bills a text message twice, whatever the products are called', () => {
    const texts = outbox.flatMap(({ channel, text }) => (channel === 'sms' ? [text ?? ''] : []));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => smsParts(text).parts > 1)).toEqual([]);
  });

  it('keeps two baskets of one customer apart', () => {
    const runs = Map.groupBy(
      trace.filter(({ journey, kind }) => journey === 'saved-basket' && kind === 'enters'),
      ({ external }) => external,
    );
    expect([...runs.values()].filter((entered) => entered.length > 1).length).toBeGreaterThan(20);
  });
});
