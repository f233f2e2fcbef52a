// ARNs of Step Functions: made for what is here, and taken apart when a request names something.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';

export function machineArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

export interface MachineReference {
  /** ARN without version or alias. */
  readonly arn: string;
  readonly name: string;
  /** Number of a version or name of an alias. */
  readonly qualifier: string | undefined;
}

/** @throws ServiceError InvalidArn */
export function parseMachineArn(text: string): MachineReference {
  const match =
    /^(?<arn>arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:(?<name>[^:]+))(?::(?<qualifier>[^:]+))?$/.exec(
      text,
    );
  const { arn, name, qualifier } = match?.groups ?? {};
  if (arn === undefined || name === undefined) throw invalidArn(text);
  return { arn, name, qualifier };
}

/** @throws ServiceError InvalidArn */
export function checkExecutionArn(text: string): void {
  if (!/^arn:[\w-]+:states:[\w-]+:\d{12}:execution:[^:]+:[^:]+$/.test(text)) throw invalidArn(text);
}

/** @throws ServiceError InvalidArn */
export function checkMapRunArn(text: string): void {
  if (!/^arn:[\w-]+:states:[\w-]+:\d{12}:mapRun:[^:]+:[^:]+$/.test(text)) throw invalidArn(text);
}

function invalidArn(text: string): ServiceError {
  return new ServiceError('InvalidArn', `Invalid Arn: '${text}'`);
}
