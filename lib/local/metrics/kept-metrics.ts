// Which of AWS's own metrics are kept here. The others are refused by name: an empty answer would look like zero to an operator. Metrics
// of namespaces that are nobody's are empty until somebody puts them, as on AWS.
import { ServiceError } from '../gateway/service-error.ts';

/** Names of dimensions, together, by which figures are kept. */
const ACCOUNT: readonly string[] = [];
const BY_FUNCTION = ['FunctionName'];

/** Namespace → metric → by what it is kept. */
const KEPT: ReadonlyMap<string, ReadonlyMap<string, readonly (readonly string[])[]>> = new Map([
  [
    'AWS/Lambda',
    new Map(
      ['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions'].map((name) => [
        name,
        [ACCOUNT, BY_FUNCTION],
      ]),
    ),
  ],
  ['AWS/States', new Map([['OpenExecutionCount', [ACCOUNT]]])],
  [
    'AWS/SES',
    new Map([
      ['Reputation.BounceRate', [ACCOUNT]],
      ['Reputation.ComplaintRate', [ACCOUNT]],
    ]),
  ],
]);

/** @throws ServiceError NotImplemented for a metric of AWS's that nothing here counts, or not by these dimensions. */
export function checkKept(
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): void {
  if (!namespace.startsWith('AWS/')) return;
  const kept = KEPT.get(namespace);
  const sets = kept?.get(name);
  if (sets === undefined)
    throw notKept(
      `${name} of ${namespace}`,
      kept === undefined
        ? `Of AWS's own it has some of ${[...KEPT.keys()].join(', ')}.`
        : `Of ${namespace} it has ${[...kept.keys()].join(', ')}.`,
    );
  const given = Object.keys(dimensions);
  if (sets.some((set) => set.length === given.length && set.every((one) => given.includes(one)))) return;
  throw notKept(
    `${name} of ${namespace} by ${given.length === 0 ? 'no dimension' : given.join(', ')}`,
    `It has it by ${sets.map((set) => (set.length === 0 ? 'no dimension' : set.join(', '))).join(', or by ')}.`,
  );
}

function notKept(what: string, instead: string): ServiceError {
  return new ServiceError(
    'NotImplemented',
    `The local cloud does not keep the metric ${what}. ${instead}`,
    501,
  );
}
