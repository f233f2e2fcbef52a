// The secret under which customer ids are hashed. Made once, by AWS, and never shown: who has it can tell whose profile is whose.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { customerSecretName } from '#lib/contracts/deployment-names.ts';

export interface CustomerSecretProps {
  readonly deployment: string;
  readonly encryptionKey: IKey | undefined;
  /** Of a test environment: goes with the stack. */
  readonly disposable: boolean;
}

/** As many characters as SHA-256 has bytes in its block: a longer key adds nothing to an HMAC. */
const LENGTH = 64;

export class CustomerSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { deployment, encryptionKey, disposable }: CustomerSecretProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: customerSecretName(deployment),
      description:
        'Under which customer ids are hashed. Another one would make every customer another customer.',
      // Never to be changed: CloudFormation generates another secret when it is.
      generateSecretString: { passwordLength: LENGTH, excludePunctuation: true },
      ...(encryptionKey && { encryptionKey }),
      // Without it, no profile can be found by the id that an application knows. Where the deployment that was to create it fails, no
      // profile is there yet, and its name is wanted again by the next.
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It must not be rotated: every customer id is a hash under it, and profiles would no longer be found. Three functions read it, and ' +
        'operators who look a customer up; links in mailboxes are signed under it for years.',
    });
  }
}
