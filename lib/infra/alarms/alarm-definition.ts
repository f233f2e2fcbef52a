/** What an alarm is, before it is one: data that the stack, the runbook's test and the dashboard read alike. */
import type { ComparisonOperator, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MonitoredResources } from './monitored-resources.ts';

export interface AlarmDefinition {
  /** Ends the alarm's name (`wend-production-<id>`) and is its heading in docs/runbook.md. Never changes: teams route by it. */
  readonly id: string;
  /** `urgent`: customers get wrong or no messages by now. `soon`: nothing is lost, and it can wait for the morning. */
  readonly severity: 'urgent' | 'soon';
  /** One sentence: what has happened. */
  readonly happened: string;
  /** What it means for customers or marketers, in their words. */
  readonly impact: string;
  /** What is measured; `undefined` where the environment has nothing to measure it by, and there is no alarm. */
  readonly metric: (resources: MonitoredResources) => IMetric | undefined;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** Periods of the metric in a row that have to be beyond the threshold. */
  readonly periods: number;
  /** Why this threshold over this time, and not another. */
  readonly because: string;
  /** No data is as bad as the threshold. Without it, no data is good: most of these metrics exist only while something happens. */
  readonly missingIsBad?: true;
}
