// Operations on tables themselves: making, changing and describing them, their expiry, their tags.
import * as z from 'zod';
import { isObject, type JsonObject } from '../asl/json.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Clock } from '../clock.ts';
import type { Place } from '../place.ts';
import type { Embedded, EmbeddedAnswer } from './embedded.ts';
import type { LocalTable } from './local-table.ts';
import type { Locks } from './locks.ts';
import { definitionOf, streamLabel, tableArn, tableNameOf, updated } from './table-definition.ts';
import type { TableRegister } from './table-register.ts';

const timeToLive = z.strictObject({
  TableName: z.string(),
  TimeToLiveSpecification: z.strictObject({
    AttributeName: z.string().min(1).max(255),
    Enabled: z.boolean(),
  }),
});

const tagging = z.strictObject({
  ResourceArn: z.string(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  TagKeys: z.array(z.string()).optional(),
  NextToken: z.string().optional(),
});

export class TableOperations {
  readonly #embedded: Embedded;
  readonly #register: TableRegister;
  readonly #locks: Locks;
  readonly #place: Place;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onExpiry: () => void;

  constructor(
    embedded: Embedded,
    register: TableRegister,
    locks: Locks,
    place: Place,
    clock: Pick<Clock, 'now'>,
    onExpiry: () => void,
  ) {
    this.#embedded = embedded;
    this.#register = register;
    this.#locks = locks;
    this.#place = place;
    this.#clock = clock;
    this.#onExpiry = onExpiry;
  }

  create(input: JsonObject): Promise<EmbeddedAnswer> {
    return this.#locks.alone(async () => {
      const definition = definitionOf(input, this.#clock.now());
      const answer = await this.#register.create(definition);
      // The database behind the front refuses without a word.
      if (answer.body.includes('#ResourceInUseException'))
        throw new ServiceError('ResourceInUseException', `Table already exists: ${definition.name}`);
      return this.#described(answer, 'TableDescription');
    });
  }

  update(input: JsonObject): Promise<EmbeddedAnswer> {
    return this.#locks.alone(async () => {
      const table = this.#register.find(tableNameOf(input));
      const { StreamSpecification: stream, DeletionProtectionEnabled: protection, ...rest } = input;
      const changed = table && updated(table.definition, input, this.#clock.now());
      const isForFront = Object.keys(rest).length === 1 && (stream !== undefined || protection !== undefined);
      const answer = isForFront
        ? await this.#embedded.call('DescribeTable', { TableName: tableNameOf(input) })
        : await this.#embedded.call('UpdateTable', rest);
      if (answer.status === 200 && table !== undefined && changed !== undefined) {
        const { ProvisionedThroughput: _, ...before } = changed.input;
        const kept = rest['BillingMode'] === 'PAY_PER_REQUEST' ? before : changed.input;
        this.#register.redefine(table, { ...changed, input: { ...kept, ...rest } });
      }
      const { Table: described, TableDescription: other } = JSON.parse(answer.body) as Record<
        string,
        unknown
      >;
      return answer.status === 200
        ? this.#described(
            { status: 200, body: JSON.stringify({ TableDescription: other ?? described }) },
            'TableDescription',
          )
        : answer;
    });
  }

  delete(input: JsonObject): Promise<EmbeddedAnswer> {
    return this.#locks.alone(async () => {
      const table = this.#register.find(tableNameOf(input));
      if (table?.definition.isProtected === true)
        throw new ServiceError(
          'ValidationException',
          `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
        );
      const answer = await this.#embedded.call('DeleteTable', input);
      const described = this.#described(answer, 'TableDescription');
      if (answer.status === 200 && table !== undefined) await this.#register.drop(table);
      return described;
    });
  }

  describe(input: JsonObject): Promise<EmbeddedAnswer> {
    return this.#locks.shared(async () =>
      this.#described(await this.#embedded.call('DescribeTable', input), 'Table'),
    );
  }

  describeTimeToLive(input: JsonObject): object {
    const { expiryAttribute: attribute } = this.#register.get(tableNameOf(input)).definition;
    return {
      TimeToLiveDescription:
        attribute === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
    };
  }

  /** Takes effect at once, where AWS takes up to an hour. */
  updateTimeToLive(input: JsonObject): Promise<object> {
    const { TableName: name, TimeToLiveSpecification: asked } = parseInput(timeToLive, input);
    return this.#locks.alone(async () => {
      const table = this.#register.get(name);
      const { expiryAttribute: present, ...rest } = table.definition;
      if (asked.Enabled === (present !== undefined))
        throw new ServiceError(
          'ValidationException',
          asked.Enabled ? 'TimeToLive is already enabled' : 'TimeToLive is already disabled',
        );
      if (present !== undefined && asked.AttributeName !== present)
        throw new ServiceError(
          'ValidationException',
          `TimeToLive is active on a different AttributeName: current AttributeName is ${present}`,
        );
      this.#register.redefine(table, {
        ...rest,
        ...(asked.Enabled && { expiryAttribute: asked.AttributeName }),
      });
      await this.#register.findExpiring(table);
      this.#onExpiry();
      return { TimeToLiveSpecification: asked };
    });
  }

  tag(input: JsonObject): object {
    const { ResourceArn: arn, Tags: tags = [] } = parseInput(tagging, input);
    const table = this.#byArn(arn);
    const added = Object.fromEntries(tags.map(({ Key: key, Value: value }) => [key, value]));
    this.#register.redefine(table, { ...table.definition, tags: { ...table.definition.tags, ...added } });
    return {};
  }

  untag(input: JsonObject): object {
    const { ResourceArn: arn, TagKeys: keys = [] } = parseInput(tagging, input);
    const table = this.#byArn(arn);
    const left = Object.entries(table.definition.tags).filter(([key]) => !keys.includes(key));
    this.#register.redefine(table, { ...table.definition, tags: Object.fromEntries(left) });
    return {};
  }

  tags(input: JsonObject): object {
    const { ResourceArn: arn } = parseInput(tagging, input);
    return {
      Tags: Object.entries(this.#byArn(arn).definition.tags).map(([Key, Value]) => ({ Key, Value })),
    };
  }

  #byArn(arn: string): LocalTable {
    const table = this.#register.find(arn.split('/').at(-1) ?? '');
    if (table?.arn === arn) return table;
    throw new ServiceError(
      'ResourceNotFoundException',
      `Requested resource not found: ResourcArn: ${arn} not found`,
    );
  }

  /** A description in the words of this place, with what the front adds. */
  #described(answer: EmbeddedAnswer, member: 'Table' | 'TableDescription'): EmbeddedAnswer {
    if (answer.status !== 200) return answer;
    const { [member]: described } = JSON.parse(answer.body) as Record<string, JsonObject | undefined>;
    const { TableThroughputModeSummary: _, ...rest } = described ?? {};
    const table = this.#register.find(tableNameOf(rest));
    if (table === undefined)
      throw new Error(`The database knows a table that nobody has made: ${answer.body}`);
    const { definition, stream } = table;
    const arn = tableArn(this.#place, definition.name);
    const indexes = (name: string) =>
      Array.isArray(rest[name])
        ? {
            [name]: (rest[name] as readonly (JsonObject & { readonly IndexName: string })[]).map((index) => ({
              ...index,
              IndexArn: `${arn}/index/${index.IndexName}`,
            })),
          }
        : {};
    const billing = rest['BillingModeSummary'];
    return {
      status: 200,
      body: JSON.stringify({
        [member]: {
          ...rest,
          ...indexes('GlobalSecondaryIndexes'),
          ...indexes('LocalSecondaryIndexes'),
          ...(isObject(billing) && {
            BillingModeSummary: {
              ...billing,
              ...('LastUpdateToPayPerRequestDateTime' in billing && {
                LastUpdateToPayPerRequestDateTime: definition.createdAt / 1000,
              }),
            },
          }),
          CreationDateTime: definition.createdAt / 1000,
          DeletionProtectionEnabled: definition.isProtected,
          ItemCount: table.items,
          TableSizeBytes: table.bytes,
          TableArn: arn,
          ...(stream && {
            StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
            LatestStreamArn: stream.arn,
            LatestStreamLabel: streamLabel(definition),
          }),
        },
      }),
    };
  }
}
