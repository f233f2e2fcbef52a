// The pages behind the links of messages: one function at an address that anybody may ask, because whoever opens a message has no login.
// What a link may do is signed in the link itself.
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeployedFunction } from './deployed-function.ts';

export interface CustomerPagesProps {
  readonly answerCustomers: DeployedFunction;
}

export class CustomerPages extends Construct {
  /** `https://<id>.lambda-url.<region>.on.aws/` */
  readonly url: string;

  constructor(scope: Construct, id: string, { answerCustomers }: CustomerPagesProps) {
    super(scope, id);
    this.url = answerCustomers.function.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.BUFFERED,
    }).url;
  }
}
