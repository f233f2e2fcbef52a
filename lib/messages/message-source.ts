/** What one message is compiled from. Texts only: reading the folder is the caller's. */

import type { Recommendation } from '#lib/journey/recommendation.ts';
import type { Catalog } from './catalog.ts';

export interface MessageSource {
  /** Name of the message's folder. */
  readonly id: string;
  /** Every text of the messages folder by its path in it: `cart-reminder/email.mjml`, `_shared/footer.mjml`. */
  readonly files: Readonly<Record<string, string>>;
  /** The workspace's default locale. */
  readonly defaultLocale: string;
  /** The variable `brand`, from settings: name, address, website. */
  readonly brand?: Readonly<Record<string, string | undefined>>;
  /** The variable `catalog`; absent: empty. */
  readonly catalog?: Catalog;
  /** What `recommend` offers, from settings; absent: nothing. */
  readonly recommend?: Readonly<Record<string, Recommendation>>;
  /** Names that settings know, built-in ones included; absent: names are not compared. */
  readonly vocabulary?: {
    readonly traits: readonly string[];
    /** Properties of all events that could let somebody in. */
    readonly properties: readonly string[];
  };
}

/** Folders whose names start with `_` hold shared parts; every other one is a message. Sorted. */
export function messageIds(files: Readonly<Record<string, string>>): readonly string[] {
  const folders = Object.keys(files)
    .filter((file) => file.includes('/') && !file.startsWith('_'))
    .map((file) => file.slice(0, file.indexOf('/')));
  return [...new Set(folders)].toSorted();
}
