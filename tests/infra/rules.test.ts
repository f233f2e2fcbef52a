// What the rules of a deployment pass, of everything that applications, client libraries, providers and AWS itself put on its buses.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { parseEventPattern } from '#lib/local/events/pattern/event-pattern.ts';
import { plainEventsSchema } from '#lib/journey/plain-events.ts';
import { canBeSent, watchedEvents } from '#lib/journey/watched-events.ts';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { blocksOf } from '../docs/markdown.ts';
import { deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

const SHARED = join(import.meta.dirname, '../../../shared');
const PREFIX = 'arn:aws:states:eu-west-1:123456789012:stateMachine:wend-test';
/** As the sample workspace is without its condition on any event, which passes every call. */
const WITHOUT_ANY = /any event/;

interface Rule {
  readonly name: string;
  readonly bus: 'own' | 'default';
  readonly pattern: Readonly<Record<string, unknown>>;
}

let repository: Repository;
let rules: readonly Rule[];
let rulesOfAny: readonly Rule[];

beforeAll(async () => {
  repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  const [written] = blocksOf('docs/events.md').filter(({ text }) => text.startsWith('"plainEvents"'));
  const { plainEvents } = JSON.parse(`{${written?.text ?? ''}}`) as { plainEvents: unknown[] };
  const { workspace } = repository;
  const settings = {
    ...workspace.settings,
    plainEvents: plainEvents.map((one) => plainEventsSchema.parse(one)),
  };
  const segments = workspace.segments.filter((one) => !WITHOUT_ANY.test(JSON.stringify(one)));
  rules = rulesOf({ ...repository, workspace: { ...workspace, settings, segments } });
  rulesOfAny = rulesOf(repository);
}, 60_000);

function rulesOf(deployed: Repository): readonly Rule[] {
  return resourcesOf(templatesOf(deployExample(deployed)), 'AWS::Events::Rule').map(({ Properties }) => ({
    name: String(Properties['Name']).replace('wend-test-', ''),
    bus: typeof Properties['EventBusName'] === 'object' ? 'own' : 'default',
    pattern: inText(Properties['EventPattern']) as Rule['pattern'],
  }));
}

/** What CloudFormation would put in the place of the ARN of machines. */
function inText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inText);
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::Join' in value) return `${PREFIX}-`;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inText(one)]));
}

function passing(event: object, bus: Rule['bus'] = 'own', all = rules): string[] {
  return all
    .filter((rule) => rule.bus === bus && parseEventPattern(rule.pattern as Json).matches(event as Json))
    .map(({ name }) => name);
}

const call = (detail: object, envelope: object = {}): object => ({
  source: 'shop.web',
  'detail-type': 'call',
  account: '123456789012',
  detail,
  ...envelope,
});
const track = (event: string): object => call({ type: 'track', userId: 'u-1', event, properties: {} });

const plain = (source: string, type: string): object => ({ source, 'detail-type': type, detail: { a: 1 } });

describe('the bus of a deployment passes', () => {
  it('every event once that any version, segment or condition listens to and that can be sent', () => {
    const { workspace } = repository;
    const segments = workspace.segments.filter((one) => !WITHOUT_ANY.test(JSON.stringify(one)));
    const events = [...watchedEvents({ ...workspace, segments })].filter(canBeSent);
    expect(events.length).toBeGreaterThan(20);
    for (const event of events) expect(passing(track(event))).toEqual(['track']);
  });

  it('the events of the page for application developers', () => {
    const [cli, ...more] = blocksOf('docs/events.md').filter(
      ({ language, text }) => language === 'json' && text.includes('"EventBusName"'),
    );
    expect(more).toEqual([]);
    for (const { Source, DetailType, Detail } of JSON.parse(cli?.text ?? '[]'))
      expect(passing({ source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) })).toEqual([
        'track',
      ]);
    const calls = blocksOf('docs/events.md').flatMap(({ text }) =>
      text.split('\n').filter((line) => line.startsWith('{"type"')),
    );
    expect(calls.length).toBeGreaterThan(7);
    for (const line of calls) expect(passing(call(JSON.parse(line)))).toHaveLength(1);
  });

  it('what the library of Segment makes of a call, from whichever source it comes', () => {
    const made = {
      anonymousId: 'a-1',
      context: { library: { name: '@segment/analytics-node', version: '2.2.0' } },
      integrations: {},
      messageId: 'node-next-1763805600000-6f0c',
      timestamp: '2026-11-22T10:00:00.000Z',
      _metadata: { nodeVersion: '24.0.0' },
    };
    const partner = { source: 'aws.partner/segment.com/shop', 'detail-type': 'track' };
    expect(passing(call({ ...made, type: 'track', event: 'Order Completed' }, partner))).toEqual(['track']);
    expect(passing(call({ ...made, type: 'identify', traits: {} }, partner))).toEqual(['identify']);
  });

  it('requests, consent, reports of an app, events without a customer, and what journeys emit', () => {
    for (const event of ['Journey Requested', 'Consent Changed', 'Message Opened'])
      expect(passing(track(event))).toEqual(['track']);
    expect(passing(call({ type: 'track', event: 'Product Restocked' }))).toEqual(['track']);
    const emitted = call(
      { type: 'track', userId: 'u-1', event: 'Order Completed' },
      { source: 'wend.journeys', 'detail-type': 'Order Completed' },
    );
    expect(passing(emitted)).toEqual(['track']);
  });

  it('plain events of the settings', () => {
    expect(passing(plain('shop.orders', 'order.completed'))).toHaveLength(1);
    expect(passing(plain('shop.till', 'Order Completed'))).toHaveLength(1);
    expect(passing(plain('shop.orders', 'Order Completed'))).toEqual([]);
    expect(passing(plain('shop.till', 'Till Opened'))).toEqual([]);
    expect(passing(plain('shop.other', 'order.completed'))).toEqual([]);
  });

  it.each([
    ['events that nothing listens to', track('Page Scrolled')],
    ['names spelt otherwise', track('order completed')],
    ['built-in events that only Wend makes', track('Segment Entered')],
    ['pages, screens and groups', call({ type: 'page', userId: 'u-1', name: 'Order Completed' })],
    ['calls in a batch', call({ batch: [{ type: 'track', event: 'Order Completed' }] })],
    ['events of other systems', call({ event: 'Order Completed', orderId: 'o-1' })],
    ['a detail that is none', call([])],
  ])('no %s', (_, event) => {
    expect(passing(event)).toEqual([]);
  });

  it('every call where a condition asks for any event', () => {
    expect(passing(track('Page Scrolled'), 'own', rulesOfAny)).toEqual(['track']);
    expect(passing(call({ type: 'page' }), 'own', rulesOfAny)).toEqual([]);
  });
});

describe('the default bus of the account passes', () => {
  const status = (detail: object, machine = `${PREFIX}-welcome-f007217cc453`): object => ({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail: { stateMachineArn: machine, error: null, cause: null, ...detail },
  });

  it.each([
    ['failed', status({ status: 'FAILED', error: 'States.Runtime' }), true],
    ['timed out', status({ status: 'TIMED_OUT' }), true],
    ['aborted by somebody', status({ status: 'ABORTED' }), true],
    ['aborted with an error of theirs', status({ status: 'ABORTED', error: 'Mistake' }), true],
    ['stopped by the relay', status({ status: 'ABORTED', error: 'Wend.Stopped' }), false],
    ['succeeded', status({ status: 'SUCCEEDED' }), false],
    ['begun', status({ status: 'RUNNING' }), false],
    ['of the machine that asks everybody', status({ status: 'FAILED' }, `${PREFIX}_audience`), false],
    ['of another environment', status({ status: 'FAILED' }, `${PREFIX}2-welcome-f007217cc453`), false],
  ])('executions that ended so, or not: %s', (_, event, isPassed) => {
    expect(passing(event, 'default')).toEqual(isPassed ? ['executions-ended'] : []);
  });

  const folder = join(SHARED, 'samples/provider-events/ses-events');
  const samples = existsSync(folder) ? readdirSync(folder) : [];

  it.skipIf(samples.length === 0).each(samples)('reports of SES about our e-mails only: %s', (file) => {
    const sample = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { detail?: { mail: object } };
    const detail = (sample.detail ?? sample) as { mail: { tags: object } };
    const event = { source: 'aws.ses', 'detail-type': 'Email', detail };
    expect(passing(event, 'default')).toEqual([]);
    const mail = { ...detail.mail, tags: { ...detail.mail.tags, 'ses:configuration-set': ['wend-test'] } };
    expect(passing({ ...event, detail: { ...detail, mail } }, 'default')).toEqual(['email-reports']);
  });
});
