// The pages on deploying and operating name what the template makes: names, outputs, environments, and what costs money at rest.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRepository } from '#lib/repository/repository.ts';
import type { CloudFormationTemplate } from '../../scripts/deployment-docs/names-in-template.ts';
import { problemsOf } from '../../scripts/deployment-docs/problems.ts';
import { deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

const templates = templatesOf(
  deployExample(await readRepository({ workspace: 'workspace', versions: 'state-machines' }), {
    name: 'production',
    alarmEmail: 'on-call@shop.example',
    smsMonthlySpend: 200,
  }),
);
const documents = templates.map((template) => template.toJSON() as CloudFormationTemplate);
const textOf = (page: string) => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');

describe('the pages on deploying and operating', () => {
  it.each(['docs/deploy.md', 'docs/runbook.md'])('%s names nothing that is not there', (page) => {
    expect(problemsOf(page, textOf(page), documents)).toEqual([]);
  });

  it('are found out where they name something else', () => {
    const page = [
      '`$WEND-evnts` and `wend-<environment>-carts`, but `${WEND}_audience`, `/aws/lambda/$WEND-find-due` and $WEND-runs-failed',
      '`WendQueue` and `WendBusArn`',
      '```json',
      '{ "environments": { "production": { "alarm": "x" } } }',
      '```',
    ].join('\n');
    expect(problemsOf('page.md', page, documents)).toEqual([
      'page.md:1 nothing is called wend-production-evnts',
      'page.md:1 nothing is called wend-production-carts',
      'page.md:2 the stack has no output WendQueue',
      'page.md: environments.json at environments.production: Unrecognized key: "alarm"',
    ]);
  });

  it('count the queues that Lambda asks while nothing happens, which cost the most then', () => {
    const asked = resourcesOf(templates, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => 'ScalingConfig' in Properties || JSON.stringify(Properties).includes('Queue'),
    );
    const [, dollars, told, requests] =
      /\$(\d\.\d\d) because Lambda asks (\w+) queues,.*: ([\d,]+) requests/.exec(textOf('docs/deploy.md')) ??
      [];
    // Five polls of twenty seconds at a time, thirty days long.
    const polls = asked.length * 5 * 3 * 60 * 24 * 30;
    expect([told, requests]).toEqual([NUMBERS[asked.length], polls.toLocaleString('en-US')]);
    // $0.40 a million, one million free; what else rests costs half a dollar, and all of it less than one.
    expect(Number(dollars)).toBeCloseTo((polls - 1e6) * 0.4e-6, 2);
    expect(Number(dollars)).toBeLessThan(0.5);
  });
});

const NUMBERS: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six' };
