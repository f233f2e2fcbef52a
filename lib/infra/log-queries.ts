/**
 * The three questions that an operator asks of the logs, saved in Logs Insights under the name of the deployment. A saved query costs
 * nothing; running one costs by what it reads, and answers come from the last hours: choose the time before you run it.
 */
import { QueryDefinition, QueryString, type ILogGroup, type QueryStringProps } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';

export interface LogQueriesProps {
  readonly deployment: string;
  /** Of every function. */
  readonly logs: readonly ILogGroup[];
}

/** What stands in a query for the id that the operator puts there. */
const PUT_ID_HERE = 'PUT-THE-ID-HERE';
/** As much as one page shows. */
const MOST_LINES = 200;

export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, { deployment, logs }: LogQueriesProps) {
    super(scope, id);
    const save = (name: string, query: QueryStringProps) =>
      new QueryDefinition(this, name, {
        // The part before the slash is a folder in the console.
        queryDefinitionName: `${deployment}/${name}`,
        logGroups: [...logs],
        queryString: new QueryString(query),
      });
    save('faults by name', {
      filterStatements: [`message in [${quoted(LOG_EVENTS.stepFailed)}, ${quoted(LOG_EVENTS.recordFailed)}]`],
      statsStatements: [
        'count(*) as times, earliest(@timestamp) as first, latest(@timestamp) as last by fault, reason, function_name',
      ],
      sort: 'times desc',
    });
    save('one run', linesAbout('run'));
    save('one customer', linesAbout('customer'));
  }
}

function linesAbout(field: 'run' | 'customer'): QueryStringProps {
  return {
    fields: ['@timestamp', 'function_name', 'message', 'journey', 'step', 'decision', 'fault', 'reason'],
    filterStatements: [`${field} = ${quoted(PUT_ID_HERE)}`],
    sort: '@timestamp asc',
    limit: MOST_LINES,
  };
}

function quoted(text: string): string {
  return `"${text}"`;
}
