// Templates as CloudFormation would put them into an account: references and substitutions replaced by names and ARNs.
import type { Template } from 'aws-cdk-lib/assertions';

/** Where the stack is put. */
export interface Place {
  readonly region: string;
  readonly account: string;
  /** Where the services answer; addresses of queues begin with it. */
  readonly endpoint: string;
}

export interface ResolvedResource {
  readonly id: string;
  readonly type: string;
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** All resources. `parameters`: what the stack above passes to a nested one. */
export function resolved(
  template: Template,
  place: Place,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly ResolvedResource[] {
  const { Resources: resources } = template.toJSON() as { Resources: Readonly<Record<string, Resource>> };
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    ...parameters,
  };
  const referenceTo = (id: string): unknown => {
    if (id in pseudo) return pseudo[id];
    const resource = resources[id];
    if (resource === undefined) throw new Error(`a reference to nothing: ${id}`);
    const name = nameOf(id, resource);
    if (resource.Type === 'AWS::SQS::Queue') return `${place.endpoint}/${place.account}/${name}`;
    return BY_ARN.has(resource.Type) ? arnOf(id, resource) : name;
  };
  const arnOf = (id: string, resource: Resource): string => {
    const [kind, rest] = ARN_FORMS[resource.Type] ?? ['other', ''];
    return `arn:aws:${kind}:${place.region}:${place.account}:${rest}${nameOf(id, resource)}`;
  };
  const attribute = ([id, name]: readonly [string, string]): unknown => {
    const resource = resources[id];
    if (resource === undefined) throw new Error(`an attribute of nothing: ${id}`);
    const arn = arnOf(id, resource);
    return name === 'Arn' ? arn : `${arn}/${name}`;
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[form, operand] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0) {
      if (form === 'Ref') return referenceTo(String(operand));
      if (form === 'Fn::GetAtt') return attribute(operand as [string, string]);
      if (form === 'Fn::Join') {
        const [separator, parts] = operand as [string, unknown[]];
        return parts.map(resolve).join(separator);
      }
      if (form === 'Fn::Sub')
        return String(operand).replaceAll(/\$\{([^}]+)\}/g, (_, id: string) => String(referenceTo(id)));
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  };
  return WANTED.flatMap((type) =>
    Object.entries(resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({
        id,
        type,
        arn: arnOf(id, resource),
        properties: resolve(resource.Properties ?? {}) as Record<string, unknown>,
      })),
  );
}

/** What takes part in a deployment at work; alarms, roles and logs do not. */
const WANTED = [
  'AWS::CloudFormation::Stack',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
] as const;

/** Service, and what stands before the name. */
const ARN_FORMS: Readonly<Record<string, readonly [string, string]>> = {
  'AWS::SQS::Queue': ['sqs', ''],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/'],
  'AWS::Lambda::Function': ['lambda', 'function:'],
  'AWS::SecretsManager::Secret': ['secretsmanager', 'secret:'],
  'AWS::StepFunctions::StateMachine': ['states', 'stateMachine:'],
};

const BY_ARN: ReadonlySet<string> = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

function nameOf(id: string, { Type: type, Properties: properties = {} }: Resource): string {
  const short = type.split('::').at(-1) ?? '';
  const own = properties[`${short}Name`] ?? properties['Name'];
  return typeof own === 'string' ? own : id;
}
