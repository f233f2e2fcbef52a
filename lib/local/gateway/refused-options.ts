// Options that AWS has and this machine has not. They are refused, because ignoring them would look as if they were there.
import { isObject } from '../asl/json.ts';
import { ServiceError } from './service-error.ts';

/** @throws ServiceError NotImplemented that names the first of the options that the input has. */
export function refuseOptions(input: unknown, names: readonly string[]): void {
  const found = names.find((name) => isObject(input) && input[name] !== undefined);
  if (found !== undefined)
    throw new ServiceError('NotImplemented', `The local cloud does not have the option ${found}.`, 501);
}
