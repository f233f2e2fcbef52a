// Settings of the environments, one file for all of them (`environments.json`): what differs between production and a test account.
// What holds for every environment is decided in the constructs and has no option.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { located, readJson } from '#lib/compiler/parse/json-text.ts';
import { readTyped } from '#lib/compiler/parse/typed-json.ts';
import { fileProblem } from '#lib/repository/file-problem.ts';
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';

/** Days that CloudWatch can keep a log for (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
const RETENTIONS = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/**
 * Letters and digits: names of everything deployed begin with `wend-<name>-`, and one environment's beginning must not be another's.
 * 20 characters leave the ids of journeys most of the 80 of a state machine's name.
 */
const ENVIRONMENT_NAME = /^[a-z][a-z0-9]{0,19}$/;

const environmentSchema = z.strictObject({
  account: z
    .string()
    .regex(/^[0-9]{12}$/, 'must be the 12 digits of an account')
    .optional()
    .describe('The AWS account, 12 digits. Without it, the account of whoever deploys.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'must be the name of a Region, such as eu-central-1')
    .optional()
    .describe('The AWS Region, such as eu-central-1. Without it, the Region of whoever deploys.'),
  alarmEmail: z
    .email()
    .optional()
    .describe(
      'Who is told of alarms. The address gets a message to confirm. Without it, alarms are only shown.',
    ),
  runbook: z
    .url()
    .optional()
    .describe(
      'Where your team reads docs/runbook.md: alarms link to its headings. Without it, they name the file.',
    ),
  pagesAddress: z
    .url({ protocol: /^https$/, error: 'must be an address such as https://mail.example.com' })
    .optional()
    .describe(
      'Address of your own at which customers reach the pages behind links in messages, such as https://mail.example.com: a CloudFront ' +
        'distribution in front of the function (docs/customer-pages.md). Without it, links lead to the address that Lambda gives the function.',
    ),
  pagesAtOnce: z
    .int()
    .positive()
    .optional()
    .describe(
      'The most calls at once for the pages behind links in messages, kept free for them among the calls of the account: whoever floods ' +
        'them takes no other function’s room. 20 is plenty. Lambda keeps 100 calls unreserved, so it needs a quota above that; a new ' +
        'account has ten. Without it, pages take what is free.',
    ),
  smsMonthlySpend: z
    .int()
    .positive()
    .optional()
    .describe(
      'What the account may spend on SMS in a month, in US dollars: an alarm tells at four fifths of it. AWS has no figure of the limit, ' +
        'so without it there is no such alarm.',
    ),
  startsPerSecond: z
    .int()
    .min(4)
    .max(5000)
    .optional()
    .describe(
      'Executions that are started in a second when many customers enter at once. Without it 200 in us-east-1, us-west-2 and eu-west-1 ' +
        'and 100 elsewhere: two thirds of what AWS allows by default. Raise it when AWS has raised your quota of StartExecution.',
    ),
  logRetentionDays: z
    .literal(RETENTIONS)
    .default(RetentionDays.ONE_MONTH)
    .describe('How many days logs are kept. They hold ids, no personal data. 30 without it.'),
  customerManagedKey: z
    .boolean()
    .default(false)
    .describe(
      'true: profiles, the secret and what could not be processed are encrypted with a key of your own in AWS KMS, which costs $1 a ' +
        'month and requests. Without it, with keys that AWS owns, for nothing.',
    ),
  disposable: z
    .boolean()
    .default(false)
    .describe(
      'true: for tests. Profiles are not protected against deletion, not backed up, and go with the stack. Without it they are ' +
        'protected, can be restored to any second of the last 35 days, and stay when the stack is deleted.',
    ),
  tags: z
    // https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html; dashboards take no empty value
    .record(
      z
        .string()
        .min(1)
        .max(128)
        .regex(/^(?![Aa][Ww][Ss]:)/, 'must not begin with aws:, which is for AWS itself'),
      z.string().min(1).max(256),
    )
    .default({})
    .describe(
      'Put on every resource, such as { "cost-centre": "4711" }. No personal data: tags are not encrypted.',
    ),
});

/** The file as a whole, also for editors (workspace/schema/environments.json). */
export const environmentsFileSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors: ./workspace/schema/environments.json'),
  environments: z
    .record(
      z.string().regex(ENVIRONMENT_NAME, 'must be up to 20 lower-case letters and digits'),
      environmentSchema,
    )
    .refine((all) => Object.keys(all).length > 0, 'must name an environment, such as "production": {}')
    .describe(
      'Environments by name: up to 20 lower-case letters and digits, beginning with a letter. Each is a stack of its own, wend-<name>.',
    ),
});
/** An environment as written: a name, and what differs from the defaults. */
export type EnvironmentInput = z.input<typeof environmentSchema> & { readonly name: string };
/** An environment with its defaults. */
export type Environment = z.infer<typeof environmentSchema> & { readonly name: string };

/**
 * The environment with its defaults.
 * @throws Error that says what is wrong with it, for an environment that was not read from the file.
 */
export function completeEnvironment({ name, ...settings }: EnvironmentInput): Environment {
  const result = environmentSchema.safeParse(settings);
  if (!ENVIRONMENT_NAME.test(name))
    throw new Error(`"${name}" is no name of an environment: up to 20 lower-case letters and digits`);
  if (!result.success) throw new Error(`environment ${name}: ${z.prettifyError(result.error)}`);
  return { name, ...result.data };
}

/**
 * Reads the environments.
 * @throws RepositoryProblem with every mistake, its place and a hint.
 */
export function readEnvironments(path: string): readonly Environment[] {
  const { json, diagnostics } = readJson({ path: basename(path), text: readText(path) });
  const typed = json && readTyped(environmentsFileSchema, json.value);
  const problems = [...diagnostics, ...(json && typed ? located(json, typed.findings) : [])];
  if (problems.length > 0 || typed?.value === undefined) {
    const lines = problems.map(({ line, column, message, hint }) => {
      return `  ${path}:${line}:${column} ${message}${hint === undefined ? '' : ` ${hint}`}`;
    });
    throw new RepositoryProblem(
      'content',
      ['the environments cannot be read:', ...lines].join('\n'),
      'docs/deploy.md has an example.',
    );
  }
  return Object.entries(typed.value.environments).map(([name, settings]) => ({ name, ...settings }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new RepositoryProblem(
      'files',
      `${path} cannot be read: ${fileProblem(error)}`,
      'It names the environments; docs/deploy.md has an example.',
    );
  }
}
