// How events come in: rules on the bus pass what journeys listen to, a queue holds it, one function decides it. What nothing listens
// to costs nothing.
import { Duration } from 'aws-cdk-lib';
import { Rule, type EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { eventPatterns } from '#lib/compiler/event-patterns.ts';
import { INGEST_SOURCE } from '#lib/contracts/event-sources.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { heardEvents } from '#lib/journey/watched-events.ts';
import type { DeployedFunction } from './deployed-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface IngestionProps {
  readonly deployment: string;
  /** What versions inside listen to, and which plain events the settings declare. */
  readonly workspace: DeployedWorkspace;
  readonly bus: EventBus;
  readonly events: WorkQueue;
  readonly ingestEvents: DeployedFunction;
}

export class Ingestion extends Construct {
  constructor(scope: Construct, id: string, props: IngestionProps) {
    super(scope, id);
    const { deployment, workspace, bus, events, ingestEvents } = props;
    // What EventBridge cannot deliver within a day lies with the events that could not be processed, and goes the same way back.
    const target = new SqsQueue(events.queue, { deadLetterQueue: events.deadLetters });
    const patterns = eventPatterns({
      heard: heardEvents(workspace),
      plainEvents: workspace.settings.plainEvents,
    });
    for (const { name, description, pattern } of patterns)
      new Rule(this, name, {
        ruleName: `${deployment}-${name}`,
        description,
        eventBus: bus,
        // The pattern as EventBridge takes it; the construct's own words for it know fewer operators.
        eventPattern: fromJson(pattern),
        targets: [target],
      });
    events.feed(ingestEvents.function, {
      batchSize: INGEST_SOURCE.batchSize,
      maxBatchingWindow: Duration.seconds(INGEST_SOURCE.maxBatchingWindowSeconds),
      maxConcurrency: INGEST_SOURCE.maxConcurrency,
    });
  }
}

/** CDK spells the fields of a pattern its own way. */
function fromJson({ 'detail-type': detailType, ...pattern }: Readonly<Record<string, unknown>>) {
  return { ...pattern, ...(detailType === undefined ? {} : { detailType: detailType as string[] }) };
}
