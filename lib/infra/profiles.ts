// The table of profiles: everything that is known of customers, and the one thing here that cannot be had again when it is gone.
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tableName } from '#lib/contracts/deployment-names.ts';
import { ATTRIBUTES, INDEXES } from '#lib/contracts/profiles-table.ts';

export interface ProfilesProps {
  readonly deployment: string;
  /** A key of the customer's own; without it AWS's, which costs nothing. */
  readonly encryptionKey: IKey | undefined;
  /** Of a test environment: goes with the stack. */
  readonly disposable: boolean;
}

export class Profiles extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { deployment, encryptionKey, disposable }: ProfilesProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: tableName(deployment),
      partitionKey: { name: ATTRIBUTES.partition, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTES.sort, type: AttributeType.STRING },
      // Nothing happens most of the time, and then a campaign does: both are what paying by request is for.
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(encryptionKey
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }
        : { encryption: TableEncryption.DEFAULT }),
      timeToLiveAttribute: ATTRIBUTES.expires,
      // The relay acts by the document as it was written; what was there before says nothing more.
      stream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !disposable },
      deletionProtection: !disposable,
      // Also where the deployment that was to create it fails: what is protected cannot be deleted, and the rollback would fail as well.
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: INDEXES.look,
      partitionKey: { name: ATTRIBUTES.lookShard, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTES.lookAt, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: INDEXES.customers,
      partitionKey: { name: ATTRIBUTES.shard, type: AttributeType.STRING },
      sortKey: { name: ATTRIBUTES.partition, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
