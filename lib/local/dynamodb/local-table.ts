// What the front knows of a table beside its items, which are the database's.
import type { Place } from '../place.ts';
import type { Timers } from '../time/timers.ts';
import { ChangeStream } from './change-stream.ts';
import { Expiry } from './expiry.ts';
import { itemBytes, type Item } from './item.ts';
import { streamLabel, tableArn, type TableDefinition } from './table-definition.ts';

export class LocalTable {
  readonly arn: string;
  readonly #place: Place;
  readonly #timers: Timers;
  readonly #onTrim: (table: string, through: number) => void;
  #definition: TableDefinition;
  #stream: ChangeStream | undefined;
  #expiry: Expiry | undefined;
  #items = 0;
  #bytes = 0;

  constructor(
    definition: TableDefinition,
    place: Place,
    timers: Timers,
    onTrim: (table: string, through: number) => void,
  ) {
    this.arn = tableArn(place, definition.name);
    this.#place = place;
    this.#timers = timers;
    this.#onTrim = onTrim;
    this.#definition = definition;
    this.define(definition);
  }

  get name(): string {
    return this.#definition.name;
  }

  get keyNames(): readonly string[] {
    return this.#definition.keyNames;
  }

  get definition(): TableDefinition {
    return this.#definition;
  }

  get stream(): ChangeStream | undefined {
    return this.#stream;
  }

  get expiry(): Expiry | undefined {
    return this.#expiry;
  }

  get items(): number {
    return this.#items;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Other settings; a stream that stays keeps its records. Where another attribute expires, the items have to be told again. */
  define(definition: TableDefinition): void {
    this.#definition = definition;
    const label = streamLabel(definition);
    const arn = label === undefined ? undefined : `${this.arn}/stream/${label}`;
    if (arn !== this.#stream?.arn || definition.streamViewType !== this.#stream?.viewType)
      this.#stream =
        arn === undefined || definition.streamViewType === undefined
          ? undefined
          : new ChangeStream(
              { arn, viewType: definition.streamViewType, region: this.#place.region },
              this.#timers,
              (through) => this.#onTrim(definition.name, through),
            );
    const attribute = definition.expiryAttribute;
    if (attribute !== this.#expiry?.attribute)
      this.#expiry = attribute === undefined ? undefined : new Expiry(attribute);
  }

  /** Counts a change, and notes when the item expires. */
  note(key: string, keys: Item, oldImage: Item | undefined, newImage: Item | undefined): void {
    this.#items += Number(newImage !== undefined) - Number(oldImage !== undefined);
    this.#bytes += (newImage ? itemBytes(newImage) : 0) - (oldImage ? itemBytes(oldImage) : 0);
    this.#expiry?.update(key, keys, oldImage, newImage);
  }
}
