// What AWS asks, as a dated list: the only place where a price is written down. Free tiers are left out of what is paid per piece of
// work, and named where they decide what a month at rest costs.

/** US dollars for so many units, with the page that says so. */
export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

export const PRICE_LIST = {
  asOf: '2026-11-22',
  region: 'us-east-1',
  prices: {
    transition: {
      dollars: 25,
      per: 1_000_000,
      unit: 'state transition (Standard)',
      source: 'https://aws.amazon.com/step-functions/pricing/',
    },
    lambdaRequest: {
      dollars: 0.2,
      per: 1_000_000,
      unit: 'invocation',
      source: 'https://aws.amazon.com/lambda/pricing/',
    },
    lambdaDuration: {
      dollars: 0.0000133334,
      per: 1,
      unit: 'GB-second (arm64)',
      source: 'https://aws.amazon.com/lambda/pricing/',
    },
    writeUnit: {
      dollars: 0.625,
      per: 1_000_000,
      unit: 'write request unit (1 KB, on demand)',
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    readUnit: {
      dollars: 0.125,
      per: 1_000_000,
      unit: 'read request unit (4 KB, consistent; half for eventually consistent)',
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    tableStorage: {
      dollars: 0.25,
      per: 1,
      unit: 'GB-month of table and indexes',
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    tableBackup: {
      dollars: 0.2,
      per: 1,
      unit: 'GB-month of point-in-time recovery',
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    busEvent: {
      dollars: 1,
      per: 1_000_000,
      unit: 'custom event (64 KB)',
      source: 'https://aws.amazon.com/eventbridge/pricing/',
    },
    schedulerInvocation: {
      dollars: 1,
      per: 1_000_000,
      unit: 'invocation of a schedule, after 14 million a month',
      source: 'https://aws.amazon.com/eventbridge/pricing/',
    },
    queueRequest: {
      dollars: 0.4,
      per: 1_000_000,
      unit: 'request to a standard queue (64 KB), after 1 million a month',
      source: 'https://aws.amazon.com/sqs/pricing/',
    },
    secret: {
      dollars: 0.4,
      per: 1,
      unit: 'secret and month',
      source: 'https://aws.amazon.com/secrets-manager/pricing/',
    },
    alarm: {
      dollars: 0.1,
      per: 1,
      unit: 'alarm metric and month, after ten',
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    customMetric: {
      dollars: 0.3,
      per: 1,
      unit: 'metric and month (by the hour in which it is told), after ten',
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    logIngestion: {
      dollars: 0.5,
      per: 1,
      unit: 'GB of logs taken in',
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    dashboard: {
      dollars: 3,
      per: 1,
      unit: 'dashboard and month, after three',
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    trace: {
      dollars: 5,
      per: 1_000_000,
      unit: 'trace recorded, after 100,000 a month',
      source: 'https://aws.amazon.com/xray/pricing/',
    },
    email: {
      dollars: 0.16,
      per: 1000,
      unit: 'e-mail (SES Essentials; 0.10 à la carte)',
      source: 'https://docs.aws.amazon.com/ses/latest/dg/pricing-plans.html',
    },
    sms: {
      dollars: 0.00883,
      per: 1,
      unit: 'text message part to a number in the United States, carrier fee included; other countries differ widely',
      source: 'https://aws.amazon.com/end-user-messaging/pricing/',
    },
    push: {
      dollars: 1,
      per: 1_000_000,
      unit: 'push notification',
      source: 'https://aws.amazon.com/end-user-messaging/pricing/',
    },
    whatsapp: {
      dollars: 0.005,
      per: 1,
      unit: "WhatsApp message (AWS's fee; Meta's comes on top)",
      source: 'https://aws.amazon.com/end-user-messaging/pricing/',
    },
  },
} as const satisfies {
  readonly asOf: string;
  readonly region: string;
  readonly prices: Readonly<Record<string, Price>>;
};

export type PriceName = keyof (typeof PRICE_LIST)['prices'];

/** US dollars for so many of something. */
export function dollarsFor(name: PriceName, count: number): number {
  const { dollars, per } = PRICE_LIST.prices[name];
  return (dollars / per) * count;
}
