// What clients of CloudWatch ask, as both of its protocols spell it: JSON gives times in seconds, forms as dates.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
import * as z from 'zod';
import type { InputRefusals } from '../gateway/parse-input.ts';

/** What CloudWatch calls most of what it refuses. */
export const INVALID = 'InvalidParameterValueException';
export const INPUT_REFUSALS: InputRefusals = {
  invalid: INVALID,
  missing: 'MissingRequiredParameterException',
};

const instantSchema = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);
/** Forms have no numbers, and a dimension's value, which is a text, is called as a measured one is. */
export const numberSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i)
    .transform(Number),
]);
const nameSchema = z.string().min(1).max(255);
const namespaceSchema = z
  .string()
  .regex(/^[\w.\-/#:][\w.\-/#: ]*$/)
  .max(255);

/** As a record, once they are known to be distinct. */
const dimensionsSchema = z
  .array(z.strictObject({ Name: nameSchema, Value: z.string().min(1).max(1024) }))
  .max(30)
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ Name: name, Value: value }) => [name, value])));

const datumSchema = z.strictObject({
  MetricName: nameSchema,
  Dimensions: dimensionsSchema,
  Timestamp: instantSchema.optional(),
  Value: numberSchema.optional(),
  StatisticValues: z
    .strictObject({
      SampleCount: numberSchema,
      Sum: numberSchema,
      Minimum: numberSchema,
      Maximum: numberSchema,
    })
    .optional(),
  Values: z.array(numberSchema).max(150).optional(),
  Counts: z.array(numberSchema).max(150).optional(),
  Unit: z.string().default('None'),
  /** 1, which keeps seconds apart, is not here. */
  StorageResolution: numberSchema.pipe(z.literal([1, 60])).optional(),
});
export type Datum = z.infer<typeof datumSchema>;

export const putSchema = z.strictObject({
  Namespace: namespaceSchema,
  MetricData: z.array(datumSchema).min(1).max(1000),
});

export const listSchema = z.strictObject({
  Namespace: namespaceSchema.optional(),
  MetricName: nameSchema.optional(),
  Dimensions: z
    .array(z.strictObject({ Name: nameSchema, Value: z.string().optional() }))
    .max(30)
    .default([]),
  NextToken: z.string().optional(),
});

/** Seconds; whole minutes, because less is not kept. */
const periodSchema = z.int().min(60).multipleOf(60);

const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type Statistic = (typeof STATISTICS)[number];

export const statisticsSchema = z.strictObject({
  Namespace: namespaceSchema,
  MetricName: nameSchema,
  Dimensions: dimensionsSchema,
  StartTime: instantSchema,
  EndTime: instantSchema,
  Period: periodSchema,
  Statistics: z.array(z.enum(STATISTICS)).min(1).max(5),
  Unit: z.string().optional(),
});

export const dataSchema = z.strictObject({
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string().regex(/^[a-z]\w{0,254}$/),
        Label: z.string().optional(),
        ReturnData: z.boolean().default(true),
        MetricStat: z.strictObject({
          Metric: z.strictObject({
            Namespace: namespaceSchema,
            MetricName: nameSchema,
            Dimensions: dimensionsSchema,
          }),
          Period: periodSchema,
          Stat: z.enum(STATISTICS),
          Unit: z.string().optional(),
        }),
      }),
    )
    .min(1)
    .max(500),
  StartTime: instantSchema,
  EndTime: instantSchema,
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
});
