// The Resource of a Task, taken apart as the history and the dispatcher need it.

export type Resource =
  | {
      /** `arn:aws:lambda:…:function:name`: the function itself; its events are the LambdaFunction family. */
      readonly kind: 'function';
      readonly arn: string;
    }
  | {
      /** `arn:aws:states:::lambda:invoke`, `arn:aws:states:::aws-sdk:sesv2:sendEmail.waitForTaskToken`, … */
      readonly kind: 'service';
      readonly arn: string;
      /** AWS's resourceType: `lambda`, `aws-sdk:sesv2`. */
      readonly service: string;
      /** AWS's resource, with the pattern: `invoke`, `invoke.waitForTaskToken`. */
      readonly action: string;
      readonly pattern: 'request' | 'waitForTaskToken' | 'sync';
    };

/** undefined: no resource that a Task here can have (an activity, a text that is no such ARN). */
export function parseResource(arn: string): Resource | undefined {
  if (/^arn:[\w-]+:lambda:[\w-]*:\d*:function:[\w-]+(:[\w$-]+)?$/.test(arn)) return { kind: 'function', arn };
  const match =
    /^arn:[\w-]+:states:::(?<service>(?:aws-sdk:)?[\w-]+):(?<action>\w+)(?<pattern>\.[\w:]+)?$/.exec(arn);
  const { service, action, pattern } = match?.groups ?? {};
  if (service === undefined || action === undefined) return undefined;
  switch (pattern) {
    case undefined:
      return { kind: 'service', arn, service, action, pattern: 'request' };
    case '.waitForTaskToken':
      return { kind: 'service', arn, service, action: action + pattern, pattern: 'waitForTaskToken' };
    case '.sync':
    case '.sync:2':
      return { kind: 'service', arn, service, action: action + pattern, pattern: 'sync' };
    default:
      return undefined;
  }
}
