// The stream of a table's changes: records in order, each with a number, kept until whoever reads them has done with them.
import { createHash } from 'node:crypto';
import type { Timers } from '../time/timers.ts';
import { itemBytes, type Item } from './item.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** A record in the form in which Lambda passes it on. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Whole seconds since 1970, of the business. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  /** The item has expired, and nobody but DynamoDB has deleted it. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

/** What Lambda does with a stream: it reads on from where it is. */
export interface TableStream {
  readonly arn: string;
  /** Records behind this one, the oldest first; undefined: from the oldest that is kept. */
  read(afterSequence: string | undefined, limit: number): readonly StreamRecord[];
  /** Called when records have come. Returns what ends it. */
  onRecords(listener: () => void): () => void;
  /** Whatever is up to this record has been worked off, and need not be kept, over a restart either. */
  trim(throughSequence: string): void;
}

/** A change, as the stream tells of it: with the images that it shows. */
export interface StreamedChange {
  readonly eventName: StreamRecord['eventName'];
  readonly keys: Item;
  readonly oldImage?: Item | undefined;
  readonly newImage?: Item | undefined;
  readonly isExpiry: boolean;
  /** Whole seconds of the business. */
  readonly at: number;
}

/** DynamoDB keeps records for a day whether or not somebody reads them; time of the infrastructure, as retries of readers are. */
const KEPT_MILLIS = 24 * 60 * 60 * 1000;

/** Texts of numbers of one length sort as the numbers do; those of AWS have 21 digits and more. */
const sequenceText = (number: number): string => `1${String(number).padStart(20, '0')}`;
const sequenceNumber = (text: string): number => Number(text.slice(1));

interface Kept {
  readonly number: number;
  readonly change: StreamedChange;
  readonly since: number;
}

export class ChangeStream implements TableStream {
  readonly arn: string;
  readonly viewType: StreamViewType;
  readonly #region: string;
  readonly #timers: Timers;
  readonly #onTrim: (through: number) => void;
  readonly #listeners = new Set<() => void>();
  #kept: Kept[] = [];
  #trimmed = 0;

  constructor(
    {
      arn,
      viewType,
      region,
    }: { readonly arn: string; readonly viewType: StreamViewType; readonly region: string },
    timers: Timers,
    onTrim: (through: number) => void,
  ) {
    this.arn = arn;
    this.viewType = viewType;
    this.#region = region;
    this.#timers = timers;
    this.#onTrim = onTrim;
  }

  get trimmed(): number {
    return this.#trimmed;
  }

  /** What is kept at this moment. */
  kept(): readonly { readonly number: number; readonly change: StreamedChange }[] {
    return [...this.#kept];
  }

  shows(image: 'NEW' | 'OLD'): boolean {
    return this.viewType === 'NEW_AND_OLD_IMAGES' || this.viewType === `${image}_IMAGE`;
  }

  /** A record that is there already, or trimmed, is not added again. */
  add(number: number, change: StreamedChange): void {
    if (number <= (this.#kept.at(-1)?.number ?? this.#trimmed)) return;
    const since = this.#timers.now();
    this.#kept.push({ number, change, since });
    if ((this.#kept[0]?.since ?? since) < since - KEPT_MILLIS)
      this.#kept = this.#kept.filter((one) => one.since >= since - KEPT_MILLIS);
  }

  announce(): void {
    for (const listener of this.#listeners) listener();
  }

  read(afterSequence: string | undefined, limit: number): readonly StreamRecord[] {
    const after = afterSequence === undefined ? 0 : sequenceNumber(afterSequence);
    const from = this.#kept.findIndex(({ number }) => number > after);
    return from < 0
      ? []
      : this.#kept.slice(from, from + limit).map(({ number, change }) => this.#record(number, change));
  }

  onRecords(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  trim(throughSequence: string): void {
    const through = sequenceNumber(throughSequence);
    if (through <= this.#trimmed) return;
    this.#onTrim(through);
    this.forget(through);
  }

  /** As `trim`, where it is known already that the records have been worked off. */
  forget(through: number): void {
    this.#trimmed = Math.max(this.#trimmed, through);
    const left = this.#kept.findIndex(({ number }) => number > through);
    this.#kept.splice(0, left < 0 ? this.#kept.length : left);
  }

  #record(number: number, change: StreamedChange): StreamRecord {
    const { eventName, keys, oldImage, newImage, isExpiry, at } = change;
    const shown = [keys, newImage, oldImage].filter((image) => image !== undefined);
    return {
      eventID: createHash('md5').update(`${this.arn} ${number}`).digest('hex'),
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#region,
      dynamodb: {
        ApproximateCreationDateTime: at,
        Keys: keys,
        ...(newImage && { NewImage: newImage }),
        ...(oldImage && { OldImage: oldImage }),
        SequenceNumber: sequenceText(number),
        SizeBytes: shown.reduce((sum, image) => sum + itemBytes(image), 0),
        StreamViewType: this.viewType,
      },
      ...(isExpiry && { userIdentity: EXPIRED }),
      eventSourceARN: this.arn,
    };
  }
}

const EXPIRED = { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const;
