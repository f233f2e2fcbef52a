// What a template says of configuration sets and of where their events go.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ses-configurationset.html and …-configurationseteventdestination.html
import * as z from 'zod';

const configurationSetSchema = z.strictObject({
  Name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'has other characters than SES allows'),
  // Nothing leaves the laptop: it is told to whoever asks, and that is all.
  DeliveryOptions: z.strictObject({ TlsPolicy: z.enum(['REQUIRE', 'OPTIONAL']).optional() }).default({}),
  ReputationOptions: z.strictObject({ ReputationMetricsEnabled: z.boolean().optional() }).default({}),
  SendingOptions: z.strictObject({ SendingEnabled: z.boolean().optional() }).default({}),
  SuppressionOptions: z
    .strictObject({ SuppressedReasons: z.array(z.enum(['BOUNCE', 'COMPLAINT'])).optional() })
    .default({}),
  /** Without meaning here: nobody is billed by them. */
  Tags: z.json().optional(),
});

/** As CloudFormation and the events' destinations name them. */
const EVENT_TYPES = [
  'send',
  'reject',
  'bounce',
  'complaint',
  'delivery',
  'open',
  'click',
  'renderingFailure',
  'deliveryDelay',
  'subscription',
] as const;
export type EmailEventType = (typeof EVENT_TYPES)[number];

const destinationSchema = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string(),
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.enum(EVENT_TYPES)).min(1),
    // The other destinations (SNS, Firehose, CloudWatch) do not run here.
    EventBridgeDestination: z.strictObject({
      EventBusArn: z.string().endsWith(':event-bus/default', 'SES reports to the default bus only'),
    }),
  }),
});

export interface ConfigurationSetResource {
  readonly name: string;
  readonly isSending: boolean;
  readonly tlsPolicy: 'REQUIRE' | 'OPTIONAL';
  readonly hasReputationMetrics: boolean;
  /** undefined: those of the account. */
  readonly suppressedReasons: readonly ('BOUNCE' | 'COMPLAINT')[] | undefined;
}

export interface EventDestinationResource {
  readonly configurationSet: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly types: readonly EmailEventType[];
  readonly busArn: string;
}

/**
 * `AWS::SES::ConfigurationSet`; references are resolved.
 * @param id of the resource in its template, for the message.
 * @throws Error naming the resource, each property and what is wrong with it.
 */
export function parseConfigurationSet(id: string, properties: unknown): ConfigurationSetResource {
  const set = parsed(configurationSetSchema, id, properties);
  return {
    name: set.Name,
    isSending: set.SendingOptions.SendingEnabled ?? true,
    tlsPolicy: set.DeliveryOptions.TlsPolicy ?? 'OPTIONAL',
    hasReputationMetrics: set.ReputationOptions.ReputationMetricsEnabled ?? false,
    suppressedReasons: set.SuppressionOptions.SuppressedReasons,
  };
}

/** `AWS::SES::ConfigurationSetEventDestination`, as `parseConfigurationSet`. */
export function parseEventDestination(id: string, properties: unknown): EventDestinationResource {
  const { ConfigurationSetName, EventDestination } = parsed(destinationSchema, id, properties);
  return {
    configurationSet: ConfigurationSetName,
    name: EventDestination.Name,
    isEnabled: EventDestination.Enabled,
    types: EventDestination.MatchingEventTypes,
    busArn: EventDestination.EventBridgeDestination.EventBusArn,
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, id: string, given: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'Properties'}: ${message}`);
  throw new Error(`The configuration set resource ${id} cannot be run here. ${problems.join('; ')}`);
}
