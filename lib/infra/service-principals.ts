// Services that take on a role: only for what is in this account. Without it, somebody else's account could make the service use the role
// for them ("confused deputy").
// https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html, https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** The service, acting for the account of the construct's stack. */
export function principalInAccount(
  scope: IConstruct,
  service: 'states.amazonaws.com' | 'scheduler.amazonaws.com',
): ServicePrincipal {
  return new ServicePrincipal(service, {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
