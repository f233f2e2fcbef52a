/**
 * Metrics that functions cause: those that Lambda counts of every call, and those that a function writes into its log in the embedded
 * metric format. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import * as z from 'zod';

export interface FunctionMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** As CloudWatch names it: `Count`, `Milliseconds`. */
  readonly unit: string;
  /** Milliseconds since 1970, business time. */
  readonly at: number;
  readonly values: readonly number[];
}

interface CountedCall {
  readonly isError: boolean;
  readonly millis: number;
  /** Calls that were in progress when it began, with itself. */
  readonly concurrency: { readonly ofFunction: number; readonly ofAccount: number };
}

/** Of a call that was made: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function callMetrics(
  functionName: string,
  at: number,
  { isError, millis, concurrency }: CountedCall,
): readonly FunctionMetric[] {
  return [
    ...lambdaMetrics(functionName, at, 'Invocations', 1),
    ...lambdaMetrics(functionName, at, 'Errors', isError ? 1 : 0),
    ...lambdaMetrics(functionName, at, 'Duration', millis, 'Milliseconds'),
    ...lambdaMetrics(functionName, at, 'Throttles', 0),
    lambdaMetric({ FunctionName: functionName }, at, 'ConcurrentExecutions', concurrency.ofFunction),
    lambdaMetric({}, at, 'ConcurrentExecutions', concurrency.ofAccount),
  ];
}

/** Of a call that there was no room for. */
export function throttleMetrics(functionName: string, at: number): readonly FunctionMetric[] {
  return lambdaMetrics(functionName, at, 'Throttles', 1);
}

/** Of the function, and of all functions of the account. */
function lambdaMetrics(functionName: string, ...figure: Figure): readonly FunctionMetric[] {
  return [lambdaMetric({ FunctionName: functionName }, ...figure), lambdaMetric({}, ...figure)];
}

type Figure = [at: number, name: string, value: number, unit?: string];

function lambdaMetric(
  dimensions: FunctionMetric['dimensions'],
  at: number,
  name: string,
  value: number,
  unit = 'Count',
): FunctionMetric {
  return { namespace: 'AWS/Lambda', name, dimensions, unit, at, values: [value] };
}

const embeddedSchema = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().default('None') })),
      }),
    ),
  }),
});

const valuesSchema = z.union([z.number().transform((value) => [value]), z.array(z.number())]);

/** What a line of the log says of metrics; nothing where it is another line, or one that CloudWatch would not read. */
export function embeddedMetrics(line: Readonly<Record<string, unknown>>): readonly FunctionMetric[] {
  const parsed = embeddedSchema.safeParse(line);
  if (!parsed.success) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = parsed.data._aws;
  return directives.flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
    sets.flatMap((set) => {
      const dimensions = Object.fromEntries(set.map((name) => [name, String(line[name])]));
      return metrics.flatMap(({ Name: name, Unit: unit }): FunctionMetric[] => {
        const values = valuesSchema.safeParse(line[name]);
        return values.success ? [{ namespace, name, dimensions, unit, at, values: values.data }] : [];
      });
    }),
  );
}
