/** The ways in which callers name a function: its name, its ARN, either with the qualifier `$LATEST`. */
import type { Place } from '../place.ts';
import { ServiceError } from '../gateway/service-error.ts';

const FUNCTION_NAME =
  /^(?:arn:[\w-]+:lambda:[\w-]+:\d{12}:function:|\d{12}:function:|function:)?(?<name>[\w-]{1,140})(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

export function functionArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

/** undefined: it names no function, but perhaps something else. */
export function bareName(given: string): string | undefined {
  return FUNCTION_NAME.exec(given)?.groups?.['name'];
}

/**
 * @returns the bare name; there need not be such a function.
 * @throws ServiceError ValidationException for what is no name of a function; 501 for versions and aliases, which there are none of here.
 */
export function parseFunctionName(given: string): string {
  const { name, qualifier } = FUNCTION_NAME.exec(given)?.groups ?? {};
  if (name === undefined)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${given}' at 'functionName' failed to satisfy constraint: it is no name and no ARN of a function.`,
    );
  refuseQualifier(qualifier);
  return name;
}

export function refuseQualifier(qualifier: string | null | undefined): void {
  if (qualifier === undefined || qualifier === null || qualifier === '$LATEST') return;
  const message = `The local cloud has no versions and aliases of functions, and "${qualifier}" was asked for.`;
  throw new ServiceError('NotImplemented', message, 501);
}

/** @param arn of the function that there is not. */
export function functionNotFound(arn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
}

/** Whether a name or an ARN, as a caller has written it, is that of this function. */
export function functionMatches(given: string, arn: string): boolean {
  return bareName(given) === bareName(arn);
}
