// What one decision costs and how large documents get, on real events: half of the stream is played to fill the profiles,
// then events of customers it knows are decided one by one against those profiles, without reading or writing JSON.
import { marshall } from '@aws-sdk/util-dynamodb';
import { documentItem } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { decide } from '#lib/engine/decide.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { LoadedWorkspace } from '#lib/cli/load-workspace.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks } from '#lib/messages/links.ts';
import { deliveriesInOrder, surveyStream } from '#lib/simulator/delivery-order.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { Identities } from '#lib/simulator/identities.ts';
import { RefusedLines } from '#lib/simulator/refused-lines.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { itemBytes, writeUnits } from '../costs/item-size.ts';

/** As long as what tells the writers of commits apart. */
const WRITER = '0'.repeat(36);

export interface DecisionFigures {
  /** Events decided, and those of them that changed a document. */
  readonly decided: number;
  readonly changing: number;
  /** Microseconds. */
  readonly medianOfAll: number;
  readonly medianOfChanging: number;
  readonly p99OfChanging: number;
  readonly documents: number;
  /** Characters of JSON, which are bytes but for names with accents. */
  readonly medianSize: number;
  readonly p99Size: number;
  readonly largestSize: number;
  /** Bytes of the items of the table that hold them, packed as they are stored. */
  readonly medianItem: number;
  readonly p99Item: number;
  /** What writing one costs on average, and what it would as a map of DynamoDB. */
  readonly writeUnits: number;
  readonly writeUnitsAsMaps: number;
}

export async function measureDecisions(
  workspace: LoadedWorkspace,
  stream: string,
  assumeConsent: readonly string[],
): Promise<DecisionFigures> {
  const { settings } = workspace;
  if (settings === undefined) throw new Error('the workspace has no settings');
  const compiled = workspace.journeys
    .filter((one) => one.status === 'live')
    .map((one) => compileManifest(one.manifest));
  const engine = engineSettings(settings);
  const topics = Object.fromEntries(
    Object.entries(engine.topics).map(([id, topic]) => [
      id,
      assumeConsent.includes(id) ? { ...topic, withoutRecord: 'granted' as const } : topic,
    ]),
  );
  const survey = await surveyStream(stream, new RefusedLines(), undefined);
  if (survey.first === undefined) throw new Error('the stream is empty');
  const simulation = new Simulation({
    journeys: { journeys: compiled, settings: { ...engine, topics } },
    renderer: createRenderer({
      messages: workspace.messages,
      links: pageLinks(settings.links),
      defaultLocale: settings.locale,
      brand: settings.brand,
    }),
    start: survey.first,
  });
  const half = Math.floor(survey.order.length / 2);
  const later: { customer: string; input: CustomerEvent | Identify }[] = [];
  const identities = new Identities();
  let fed = 0;
  for await (const { call } of deliveriesInOrder(survey)) {
    const known = identities.resolve(call);
    if (known === undefined) continue;
    fed += 1;
    if (fed <= half) await simulation.feed(known);
    else later.push({ customer: customerId('simulation', known.external), input: known.input });
  }
  const documents = new Map([...simulation.documents()].map((document) => [document.customer, document]));
  const context = createWorkspace({
    manifests: compiled.map(({ manifest }) => manifest),
    newest: Object.fromEntries(compiled.map(({ journey, version }) => [journey, version])),
    settings: { ...engine, topics },
  });
  const all: number[] = [];
  const changing: number[] = [];
  for (const { customer, input } of later) {
    const document = documents.get(customer);
    if (document === undefined) continue;
    const start = process.hrtime.bigint();
    const decided = decide(document, input, { now: input.received, workspace: context });
    const micros = Number(process.hrtime.bigint() - start) / 1000;
    all.push(micros);
    if (decided.document !== document) changing.push(micros);
  }
  const sizes = [...documents.values()].map(sizeOf);
  const items = [...documents.values()].map((document) => documentItem(document, WRITER) ?? {});
  const maps = [...documents.values()].map((document) => marshall(JSON.parse(JSON.stringify(document))));
  return {
    decided: all.length,
    changing: changing.length,
    medianOfAll: quantile(all, 0.5),
    medianOfChanging: quantile(changing, 0.5),
    p99OfChanging: quantile(changing, 0.99),
    documents: sizes.length,
    medianSize: quantile(sizes, 0.5),
    p99Size: quantile(sizes, 0.99),
    largestSize: quantile(sizes, 1),
    medianItem: quantile(items.map(itemBytes), 0.5),
    p99Item: quantile(items.map(itemBytes), 0.99),
    writeUnits: mean(items.map(writeUnits)),
    writeUnitsAsMaps: mean(maps.map(writeUnits)),
  };
}

function sizeOf(document: CustomerDocument): number {
  return Buffer.byteLength(JSON.stringify(document));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}
