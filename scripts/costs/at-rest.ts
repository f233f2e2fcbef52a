// What a month costs in which nothing happens: counted in the synthesised template, because that is what is paid for.
import type { TableCalls } from './counted-tick.ts';
import { ASSUMED_MILLIS } from './durations.ts';
import { dollarsFor, PRICE_LIST } from './prices.ts';
import { LOG_BYTES_OF_A_CALL } from './price-of-work.ts';
import { FUNCTION_SETTINGS } from '#lib/infra/function-settings.ts';

/** The part of a template that matters here. */
export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

export interface RestingCost {
  readonly what: string;
  readonly count: string;
  readonly dollars: number;
}

const MINUTES_A_MONTH = 30 * 24 * 60;
/**
 * Lambda asks each queue of an event source with five long polls of twenty seconds at a time, also where nothing comes.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const POLLS_A_MINUTE = 15;
const FREE_QUEUE_REQUESTS = 1_000_000;
const FREE_DASHBOARDS = 3;
/** X-Ray takes one request a second and a twentieth of the others: of one a minute, each. */
const FREE_TRACES = 100_000;

/** Each kind of cost with its count; alarms stand apart, because they are a choice. */
export function restingCosts(templates: readonly Template[], tick: TableCalls): readonly RestingCost[] {
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const count = (type: string) => resources.filter(({ Type }) => Type === type).length;
  const polledQueues = resources.filter(
    ({ Type, Properties = {} }) =>
      Type === 'AWS::Lambda::EventSourceMapping' &&
      JSON.stringify(Properties['EventSourceArn']).includes('Queue'),
  ).length;
  const polls = polledQueues * POLLS_A_MINUTE * MINUTES_A_MONTH;
  const paidPolls = Math.max(0, polls - FREE_QUEUE_REQUESTS);
  const secrets = count('AWS::SecretsManager::Secret');
  const dashboards = Math.max(0, count('AWS::CloudWatch::Dashboard') - FREE_DASHBOARDS);
  const ticks = MINUTES_A_MONTH;
  const asked = (command: string) => tick.get(command) ?? 0;
  const calls = [...tick.values()].reduce((sum, one) => sum + one, 0);
  // Queries of indexes and of switches are eventually consistent: half a unit where they find nothing. The clock is read consistently.
  const readUnits = asked('GetItemCommand') + asked('QueryCommand') / 2;
  const writeUnits = asked('PutItemCommand');
  const seconds = (ASSUMED_MILLIS.own + calls * ASSUMED_MILLIS.table) / 1000;
  const gigabyteSeconds = (FUNCTION_SETTINGS['find-due'].memoryMegabytes / 1024) * seconds;
  const logBytes = ticks * LOG_BYTES_OF_A_CALL;
  return [
    { what: 'secret of customer ids', count: String(secrets), dollars: dollarsFor('secret', secrets) },
    {
      what: 'polls of empty queues by Lambda',
      count: `${polledQueues} queues, ${thousands(polls)} requests, ${thousands(FREE_QUEUE_REQUESTS)} free`,
      dollars: dollarsFor('queueRequest', paidPolls),
    },
    {
      what: 'the sweep, every minute: Lambda',
      count: `${thousands(ticks)} invocations`,
      dollars: dollarsFor('lambdaRequest', ticks) + dollarsFor('lambdaDuration', ticks * gigabyteSeconds),
    },
    {
      what: 'the sweep: reads and writes of the table',
      count: `${readUnits} read and ${writeUnits} write units a tick`,
      dollars: dollarsFor('readUnit', ticks * readUnits) + dollarsFor('writeUnit', ticks * writeUnits),
    },
    {
      what: 'the sweep: logs',
      count: `${thousands(Math.round(logBytes / 1e6))} MB`,
      dollars: dollarsFor('logIngestion', logBytes / 1e9),
    },
    {
      what: 'the sweep: traces',
      count: `${thousands(ticks)} at most, ${thousands(FREE_TRACES)} free`,
      dollars: dollarsFor('trace', Math.max(0, ticks - FREE_TRACES)),
    },
    {
      what: 'dashboards beyond three',
      count: String(dashboards),
      dollars: dollarsFor('dashboard', dashboards),
    },
  ];
}

/** Alarms of the template by the metrics that they read, ten of which are free in an account that has no others. */
export function alarmCosts(templates: readonly Template[]): RestingCost {
  const alarms = templates
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const metrics = alarms.reduce((sum, { Properties = {} }) => sum + metricsOf(Properties), 0);
  return {
    what: `alarms at $${PRICE_LIST.prices.alarm.dollars.toFixed(2)} for each metric`,
    count: `${alarms.length} alarms, ${metrics} metrics`,
    dollars: dollarsFor('alarm', metrics),
  };
}

/** An alarm over an expression is paid for by each metric in it. */
function metricsOf({ Metrics: metrics }: Readonly<Record<string, unknown>>): number {
  if (!Array.isArray(metrics)) return 1;
  return metrics.filter((one: object) => 'MetricStat' in one).length;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
