// Amazon CloudWatch, as its clients see it: metrics, and the alarms of the deployment; dashboards are not here.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html
import { gunzipSync } from 'node:zlib';
import { jsonOrQueryService } from '../gateway/json-or-query-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { QuerySpelling } from '../gateway/query-service.ts';
import type { Service, ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import type { Alarms } from './alarms.ts';
import { checkKept } from './kept-metrics.ts';
import type { Level } from './levels.ts';
import {
  INPUT_REFUSALS,
  INVALID,
  dataSchema,
  listSchema,
  statisticsSchema,
  type Statistic,
} from './metric-requests.ts';
import { putMetricData } from './put-metric-data.ts';
import { periodsOf, type MetricStore, type Series, type Statistics } from './metric-store.ts';

/** In one answer of GetMetricStatistics. */
const MOST_DATAPOINTS = 1440;
/** On one page of ListMetrics. */
const MOST_METRICS = 500;
/** A request of PutMetricData has at most so many bytes, before it is packed. */
const MOST_REQUEST_BYTES = 1024 * 1024;

interface Measured {
  readonly store: MetricStore;
  readonly levels: readonly Level[];
}

export function metricService(
  measured: Measured,
  alarms: Pick<Alarms, 'describe'>,
  now: () => number,
): Service {
  const service = jsonOrQueryService({
    signingName: 'monitoring',
    title: 'Amazon CloudWatch',
    targetPrefix: 'GraniteServiceVersion20100801',
    version: '1.0',
    namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    spelling: SPELLING,
    errorCode: ({ name, status }) => ({ code: QUERY_ERRORS.get(name) ?? name, status }),
    operations: {
      PutMetricData: (input) => putMetricData(measured.store, now(), input),
      ListMetrics: (input) => list(measured, input),
      GetMetricStatistics: (input) => statistics(measured, input),
      GetMetricData: (input) => data(measured, input),
      DescribeAlarms: (input) => alarms.describe(input),
    },
  });
  return {
    ...service,
    operationOf: (request) => service.operationOf(unpacked(request) ?? request),
    answer(operation, request) {
      const plain = unpacked(request);
      if (plain === undefined)
        throw new ServiceError('SerializationException', 'The body is not what gzip makes.');
      return service.answer(operation, plain);
    },
  };
}

/** SDKs pack larger requests of PutMetricData. undefined: it is not what gzip makes, or far too large. */
function unpacked(request: ServiceRequest): ServiceRequest | undefined {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: MOST_REQUEST_BYTES }) };
  } catch {
    return undefined;
  }
}

function list({ store, levels }: Measured, input: unknown): object {
  refuseOptions(input, ['RecentlyActive', 'IncludeLinkedAccounts', 'OwningAccount']);
  const asked = parseInput(listSchema, input, INPUT_REFUSALS);
  const found = new Map<string, object>();
  for (const { namespace, name, dimensions } of [...store.all(), ...levels.map(nameOf)]) {
    const fits =
      (asked.Namespace ?? namespace) === namespace &&
      (asked.MetricName ?? name) === name &&
      asked.Dimensions.every(
        ({ Name, Value }) =>
          dimensions[Name] !== undefined && (Value ?? dimensions[Name]) === dimensions[Name],
      );
    const metric = { Namespace: namespace, MetricName: name, Dimensions: spelled(dimensions) };
    // A metric with two units is one metric.
    if (fits) found.set(JSON.stringify(metric), metric);
  }
  const from = Number(asked.NextToken ?? 0);
  if (!Number.isInteger(from)) throw new ServiceError(INVALID, 'NextToken is of no earlier answer.');
  const all = [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
  const until = from + MOST_METRICS;
  return {
    Metrics: all.slice(from, until),
    ...(all.length > until && { NextToken: String(until) }),
  };
}

function nameOf({ metric }: Level): Pick<Series, 'namespace' | 'name' | 'dimensions'> {
  return { ...metric, dimensions: {} };
}

function spelled(dimensions: Readonly<Record<string, string>>): object[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function statistics(measured: Measured, input: unknown): object {
  refuseOptions(input, ['ExtendedStatistics']);
  const asked = parseInput(statisticsSchema, input, INPUT_REFUSALS);
  const { StartTime: from, EndTime: until, Period: period, Statistics: wanted } = asked;
  checkTimes(from, until);
  if ((until - from) / 1000 / period > MOST_DATAPOINTS)
    throw new ServiceError(
      'InvalidParameterCombinationException',
      `You have requested up to ${Math.ceil((until - from) / 1000 / period)} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  const found = seriesOf(measured, asked, { from, until, unit: asked.Unit });
  return {
    Label: asked.MetricName,
    Datapoints: found.flatMap((series) =>
      [...periodsOf(series, from, until, period * 1000)].map(([at, kept]) => ({
        Timestamp: at / 1000,
        ...Object.fromEntries(wanted.map((statistic) => [statistic, valueOf(kept, statistic)])),
        Unit: series.unit,
      })),
    ),
  };
}

function data(measured: Measured, input: unknown): object {
  refuseOptions(input, ['NextToken', 'MaxDatapoints', 'LabelOptions']);
  const { MetricDataQueries: queries } = input as { readonly MetricDataQueries?: unknown };
  for (const query of Array.isArray(queries) ? queries : [])
    refuseOptions(query, ['Expression', 'Period', 'AccountId']);
  const asked = parseInput(dataSchema, input, INPUT_REFUSALS);
  const { StartTime: from, EndTime: until, ScanBy: order } = asked;
  checkTimes(from, until);
  return {
    MetricDataResults: asked.MetricDataQueries.filter(({ ReturnData: isWanted }) => isWanted).map((query) => {
      const { Metric: metric, Period: period, Stat: statistic, Unit: unit } = query.MetricStat;
      const points = seriesOf(measured, metric, { from, until, unit })
        .flatMap((series) => [...periodsOf(series, from, until, period * 1000)])
        .toSorted(([one], [other]) => (order === 'TimestampAscending' ? one - other : other - one));
      return {
        Id: query.Id,
        Label: query.Label ?? metric.MetricName,
        Timestamps: points.map(([at]) => at / 1000),
        Values: points.map(([, kept]) => valueOf(kept, statistic)),
        StatusCode: 'Complete',
      };
    }),
    Messages: [],
  };
}

function seriesOf(
  { store, levels }: Measured,
  metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: Readonly<Record<string, string>>;
  },
  { from, until, unit }: { readonly from: number; readonly until: number; readonly unit: string | undefined },
): readonly Series[] {
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = metric;
  checkKept(namespace, name, dimensions);
  const level = levels.find((one) => one.metric.namespace === namespace && one.metric.name === name);
  return (level === undefined ? store.find(namespace, name, dimensions) : [level.series(from, until)]).filter(
    (series) => unit === undefined || series.unit === unit,
  );
}

function checkTimes(from: number, until: number): void {
  if (from >= until)
    throw new ServiceError(INVALID, 'The parameter StartTime must be less than the parameter EndTime.');
}

function valueOf({ count, sum, minimum, maximum }: Statistics, statistic: Statistic): number {
  switch (statistic) {
    case 'SampleCount':
      return count;
    case 'Sum':
      return sum;
    case 'Average':
      return count === 0 ? 0 : sum / count;
    case 'Minimum':
      return minimum;
    case 'Maximum':
      return maximum;
  }
}

const QUERY_ERRORS: ReadonlyMap<string, string> = new Map([
  [INVALID, 'InvalidParameterValue'],
  ['InvalidParameterCombinationException', 'InvalidParameterCombination'],
  ['MissingRequiredParameterException', 'MissingParameter'],
]);

const SPELLING: QuerySpelling = {
  numbers: new Set(['MaxRecords', 'Period', 'StorageResolution']),
  booleans: new Set(['ReturnData']),
  timestamps: new Set([
    'AlarmConfigurationUpdatedTimestamp',
    'StateTransitionedTimestamp',
    'StateUpdatedTimestamp',
    'Timestamp',
    'Timestamps',
  ]),
};
