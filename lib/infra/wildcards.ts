// Reasons for wildcards in policies. cdk-nag names each finding by the resource as it stands in the template; here that name is
// made from the resource itself, so that a reason covers this wildcard and no other.
import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says why a resource with a wildcard is in a policy below `scope`. */
export function explainWildcard(scope: IConstruct, resource: string, reason: string): void {
  const id = `AwsSolutions-IAM5[Resource::${shown(Stack.of(scope).resolve(resource))}]`;
  Validations.of(scope).acknowledge({ id, reason });
}

/** A text of a template as cdk-nag writes it: `<AWS::Region>` for a reference, joined parts as one. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, ...other } = value as Readonly<Record<string, unknown>>;
  if (typeof ref === 'string') return `<${ref}>`;
  const [, parts] = (other['Fn::Join'] ?? []) as readonly [string?, (readonly unknown[])?];
  if (parts !== undefined) return parts.map(shown).join('');
  const [resource, attribute] = (other['Fn::GetAtt'] ?? []) as readonly unknown[];
  return `<${String(resource)}.${String(attribute)}>`;
}
