/** The operations of Lambda's API that concern event source mappings: looking at them, and switching them off and on. */
import * as z from 'zod';
import { functionMatches } from '../functions/function-name.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { RestAnswer, type RestCall, type RestRoute } from '../gateway/rest-service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { ActiveMapping } from './event-sources.ts';

const PATH = '/2015-03-31/event-source-mappings';

export interface MappingOperations {
  readonly all: () => readonly ActiveMapping[];
  readonly find: (id: string) => ActiveMapping | undefined;
  readonly turn: (mapping: ActiveMapping, isEnabled: boolean) => void;
}

/** Numbers and destinations come from the template: whoever wants others changes it. */
const updateSchema = z.strictObject({ Enabled: z.boolean().optional(), FunctionName: z.string().optional() });

export function mappingRoutes({ all, find, turn }: MappingOperations): readonly RestRoute[] {
  const named = ({ labels: { UUID: id = '' } }: RestCall): ActiveMapping => {
    const found = find(id);
    if (found !== undefined) return found;
    throw new ServiceError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, {
      Type: 'User',
    });
  };
  return [
    {
      operation: 'ListEventSourceMappings',
      method: 'GET',
      path: PATH,
      run: ({ query }) => {
        const functionName = query.get('FunctionName');
        const sourceArn = query.get('EventSourceArn');
        const found = all().filter(
          ({ mapping, functionArn }) =>
            (functionName === null || functionMatches(functionName, functionArn)) &&
            (sourceArn === null || mapping.sourceArn === sourceArn),
        );
        const { mappings, next } = pageOf(found, query);
        return {
          EventSourceMappings: mappings.map(configurationOf),
          ...(next !== undefined && { NextMarker: next }),
        };
      },
    },
    {
      operation: 'GetEventSourceMapping',
      method: 'GET',
      path: `${PATH}/{UUID}`,
      run: (call) => configurationOf(named(call)),
    },
    {
      operation: 'UpdateEventSourceMapping',
      method: 'PUT',
      path: `${PATH}/{UUID}`,
      run: (call) => {
        const found = named(call);
        const input = call.json();
        const unknown = Object.keys(Object(input) as object).find((name) => !(name in updateSchema.shape));
        if (unknown !== undefined)
          throw new ServiceError(
            'NotImplemented',
            `The local cloud reads ${unknown} of a mapping from the template alone.`,
            501,
          );
        const { Enabled: isEnabled, FunctionName: name } = parseInput(
          updateSchema,
          input,
          'InvalidParameterValueException',
        );
        if (name !== undefined && !functionMatches(name, found.functionArn))
          throw new ServiceError('NotImplemented', 'The local cloud gives a mapping no other function.', 501);
        if (isEnabled !== undefined) turn(found, isEnabled);
        const body = JSON.stringify(configurationOf(found));
        return new RestAnswer({ status: 202, headers: { 'content-type': 'application/json' }, body });
      },
    },
  ];
}

/** Lambda's own bounds: https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
const mostSchema = z.coerce.number().int().min(1).max(10_000);
/** However many are asked for. */
const PAGE = 100;

/** A marker is the id of the last mapping of the page before. @throws ServiceError InvalidParameterValueException. */
function pageOf(
  found: readonly ActiveMapping[],
  query: URLSearchParams,
): { readonly mappings: readonly ActiveMapping[]; readonly next: string | undefined } {
  const marker = query.get('Marker');
  const most = parseInput(mostSchema, query.get('MaxItems') ?? PAGE, 'InvalidParameterValueException');
  const last = marker === null ? -1 : found.findIndex(({ id }) => id === marker);
  if (marker !== null && last < 0)
    throw new ServiceError('InvalidParameterValueException', 'Invalid pagination marker.', 400, {
      Type: 'User',
    });
  const mappings = found.slice(last + 1, last + 1 + Math.min(most, PAGE));
  const end = mappings.at(-1)?.id;
  return { mappings, next: end === found.at(-1)?.id ? undefined : end };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
function configurationOf({
  id,
  mapping,
  functionArn,
  reader,
  isEnabled,
  lastModified,
}: ActiveMapping): object {
  return {
    UUID: id,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: functionArn,
    State: isEnabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: lastModified,
    LastProcessingResult: reader.lastResult,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.kind === 'queue' ? mapping.windowMillis / 1000 : 0,
    FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(mapping.kind === 'queue'
      ? mapping.maximumConcurrency !== undefined && {
          ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency },
        }
      : {
          BisectBatchOnFunctionError: mapping.bisects,
          ParallelizationFactor: mapping.lanes,
          MaximumRetryAttempts: finite(mapping.retryAttempts),
          MaximumRecordAgeInSeconds: finite(mapping.recordAgeMillis / 1000),
          FilterCriteria: { Filters: mapping.filters.map((pattern) => ({ Pattern: pattern })) },
          DestinationConfig:
            mapping.onFailure === undefined ? {} : { OnFailure: { Destination: mapping.onFailure } },
        }),
  };
}

function finite(limit: number): number {
  return limit === Infinity ? -1 : limit;
}
