// A bucket of objects, in memory.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Clock } from '../clock.ts';
import type { Place } from '../place.ts';
import type { BucketResource } from './bucket-resource.ts';

export interface StoredObject {
  readonly body: Buffer;
  /** Headers that come back with it, in lower case: `content-type`, `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  /** With its quotation marks, as HTTP has it. */
  readonly etag: string;
  /** base64, as `x-amz-checksum-crc32`. */
  readonly crc32: string;
  /** Instant of the business's clock. */
  readonly modifiedAt: number;
}

/** A bucket as the rest of the local cloud uses it. */
export interface Bucket {
  readonly name: string;
  readonly arn: string;
  /** Kept (in the journal as well) when it returns; replaces what was there. `headers`: in lower case, such as `content-type`. */
  put(key: string, body: Buffer | string, headers?: Readonly<Record<string, string>>): StoredObject;
  get(key: string): StoredObject | undefined;
  remove(key: string): void;
  /** In the order of their UTF-8 bytes, as S3 lists them. */
  keys(): readonly string[];
}

/** What becomes of an object, told before it does. `object` undefined: it is removed. */
export type Append = (bucket: string, key: string, object: StoredObject | undefined) => void;

const DAY_MILLIS = 86_400_000;

export class LocalBucket implements Bucket {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly #expirations: BucketResource['expirations'];
  readonly #clock: Clock;
  readonly #append: Append;
  readonly #objects: Map<string, StoredObject>;

  /** `objects`: what the journal has restored, by key. */
  constructor(
    { name, expirations }: BucketResource,
    given: {
      readonly place: Place;
      readonly clock: Clock;
      readonly append: Append;
      readonly objects: Map<string, StoredObject>;
    },
  ) {
    this.name = name;
    this.arn = `arn:${given.place.partition}:s3:::${name}`;
    this.createdAt = given.clock.now();
    this.#expirations = expirations;
    this.#clock = given.clock;
    this.#append = given.append;
    this.#objects = given.objects;
  }

  put(key: string, body: Buffer | string, headers: Readonly<Record<string, string>> = {}): StoredObject {
    const object = storedObject(Buffer.from(body as string), headers, this.#clock.now());
    this.#append(this.name, key, object);
    this.#objects.set(key, object);
    return object;
  }

  get(key: string): StoredObject | undefined {
    const object = this.#objects.get(key);
    if (object === undefined || !this.#isExpired(key, object)) return object;
    this.#objects.delete(key);
    return undefined;
  }

  remove(key: string): void {
    if (!this.#objects.has(key)) return;
    this.#append(this.name, key, undefined);
    this.#objects.delete(key);
  }

  keys(): readonly string[] {
    return [...this.#objects.keys()]
      .filter((key) => this.get(key) !== undefined)
      .toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }

  /** S3 counts days of rules from the midnight (UTC) that follows. */
  #isExpired(key: string, { modifiedAt }: StoredObject): boolean {
    return this.#expirations.some(
      ({ prefix, days }) =>
        key.startsWith(prefix) &&
        this.#clock.now() >= Math.ceil((modifiedAt + days * DAY_MILLIS) / DAY_MILLIS) * DAY_MILLIS,
    );
  }
}

export function storedObject(
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  modifiedAt: number,
): StoredObject {
  return {
    body,
    headers: { 'content-type': 'binary/octet-stream', ...headers },
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    crc32: crc32Of(body),
    modifiedAt,
  };
}

export function crc32Of(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
