// PutMetricData: what clients have measured themselves.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
import { parseInput } from '../gateway/parse-input.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { INPUT_REFUSALS, INVALID, putSchema, type Datum } from './metric-requests.ts';
import type { MetricStore, Statistics } from './metric-store.ts';

/** AWS takes measurements of the last two weeks, and of two hours to come. */
const OLDEST_MILLIS = 14 * 86_400_000;
const NEWEST_MILLIS = 2 * 3_600_000;

/** @param now of the business: the time of a measurement that says none. @throws ServiceError, and then nothing is kept. */
export function putMetricData(store: MetricStore, now: number, input: unknown): void {
  refuseOptions(input, ['EntityMetricData', 'StrictEntityValidation']);
  const { Namespace: namespace, MetricData: all } = parseInput(putSchema, input, INPUT_REFUSALS);
  if (all.some(({ StorageResolution }) => StorageResolution === 1))
    throw new ServiceError(
      'NotImplemented',
      'The local cloud does not have StorageResolution 1: measurements are kept by the minute.',
      501,
    );
  if (namespace.startsWith('AWS/'))
    throw new ServiceError(
      INVALID,
      `The value ${namespace} for parameter Namespace is invalid: names that begin with AWS/ are AWS's own.`,
    );
  const summaries = all.map((datum) => {
    const at = datum.Timestamp ?? now;
    if (at < now - OLDEST_MILLIS || at > now + NEWEST_MILLIS)
      throw new ServiceError(
        INVALID,
        `The Timestamp of ${datum.MetricName} must be within two weeks before and two hours after the present, which is ${new Date(now).toISOString()} here.`,
      );
    return {
      namespace,
      name: datum.MetricName,
      dimensions: datum.Dimensions,
      unit: datum.Unit,
      at,
      statistics: summaryOf(datum),
    };
  });
  for (const summary of summaries) store.add(summary);
}

function summaryOf(datum: Datum): Statistics {
  const { MetricName: name, Value: value, Values: values, Counts: counts, StatisticValues: given } = datum;
  if ([value, values, given].filter((one) => one !== undefined).length !== 1)
    throw new ServiceError(
      'InvalidParameterCombinationException',
      `The metric ${name} must have exactly one of Value, Values and StatisticValues.`,
    );
  if (given !== undefined)
    return {
      count: given.SampleCount,
      sum: given.Sum,
      minimum: given.Minimum,
      maximum: given.Maximum,
    };
  const all = values ?? [value ?? 0];
  if (all.length === 0 || (counts !== undefined && counts.length !== all.length))
    throw new ServiceError(
      INVALID,
      `The metric ${name} must have as many Counts as Values, and at least one.`,
    );
  const weights = counts ?? all.map(() => 1);
  return {
    count: weights.reduce((sum, weight) => sum + weight, 0),
    sum: all.reduce((sum, one, index) => sum + one * (weights[index] ?? 0), 0),
    minimum: Math.min(...all),
    maximum: Math.max(...all),
  };
}
