// Which items of a table expire when: by whole hours, because that is how often the sweep looks.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
import type { Item } from './item.ts';

const HOUR_MILLIS = 60 * 60 * 1000;

/** An instant more than five years back is taken for a mistake, and the item stays. */
const OLDEST_SECONDS = 5 * 365 * 24 * 60 * 60;

/** No calendar goes further; such an item is never reached. */
const LATEST_SECONDS = 8.64e12;

export class Expiry {
  readonly attribute: string;
  readonly #byHour = new Map<number, Map<string, Item>>();
  /** No item is in an earlier hour; there may be none in this one any more. */
  #first = Number.POSITIVE_INFINITY;

  constructor(attribute: string) {
    this.attribute = attribute;
  }

  /** Takes note of a change of an item. */
  update(key: string, keys: Item, oldImage: Item | undefined, newImage: Item | undefined): void {
    const before = this.#hour(oldImage);
    const after = this.#hour(newImage);
    if (before === after) return;
    if (before !== undefined) {
      const sharing = this.#byHour.get(before);
      sharing?.delete(key);
      if (sharing?.size === 0) this.#byHour.delete(before);
    }
    if (after === undefined) return;
    this.#first = Math.min(this.#first, after);
    const sharing = this.#byHour.get(after);
    if (sharing === undefined) this.#byHour.set(after, new Map([[key, keys]]));
    else sharing.set(key, keys);
  }

  /** The full hour at which a sweep may find something next; undefined: nothing ever expires. */
  next(now: number): number | undefined {
    if (this.#byHour.size === 0) return undefined;
    return Math.max(this.#first, Math.floor(now / HOUR_MILLIS) + 1) * HOUR_MILLIS;
  }

  /** Keys of the items that have expired by then; they are not looked at again unless they change. */
  take(now: number): readonly Item[] {
    const due: Item[] = [];
    this.#first = Number.POSITIVE_INFINITY;
    for (const [hour, items] of this.#byHour) {
      if (hour * HOUR_MILLIS > now) {
        this.#first = Math.min(this.#first, hour);
        continue;
      }
      this.#byHour.delete(hour);
      due.push(...items.values());
    }
    return due;
  }

  /** Seconds since 1970 after which the item has expired; undefined: never. Only numbers count. */
  secondsOf(image: Item): number | undefined {
    const number = image[this.attribute]?.['N'];
    const seconds = typeof number === 'string' ? Number(number) : Number.NaN;
    return Number.isFinite(seconds) ? seconds : undefined;
  }

  isExpired(image: Item, now: number): boolean {
    const seconds = this.secondsOf(image);
    return seconds !== undefined && seconds * 1000 < now && seconds * 1000 > now - OLDEST_SECONDS * 1000;
  }

  /** The full hour that follows the item's expiry. */
  #hour(image: Item | undefined): number | undefined {
    const seconds = image && this.secondsOf(image);
    return seconds === undefined || seconds > LATEST_SECONDS
      ? undefined
      : Math.floor((seconds * 1000) / HOUR_MILLIS) + 1;
  }
}
