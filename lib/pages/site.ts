/** What the pages of a deployment are made from. */
import type { CustomerLink, LinkPurpose } from '#lib/contracts/customer-link.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { LinkSigner } from './links/link-signer.ts';
import type { PageAnswer, PageRequest } from './request.ts';
import type { PageTexts } from './texts/english.ts';

export interface Site {
  /** Decides on the document itself, so that what a customer has said holds when the page has answered. */
  readonly engine: Engine<DecidingPorts>;
  readonly settings: Pick<Settings, 'brand' | 'locale' | 'timezone' | 'topics' | 'senders'>;
  /** What was decided about a customer lately, oldest first. Rejects as the store does. */
  readonly decisions: (customer: string) => Promise<readonly LogEntry[]>;
  /** All that is stored about a customer (contracts/customer-export.ts), as JSON; undefined where nobody is known by the id. Rejects as the store does. */
  readonly everything: (customer: string) => Promise<object | undefined>;
  /** Rejects with the fault `SecretUnavailable` where the key cannot be had. */
  readonly signer: () => Promise<LinkSigner>;
}

/** A request by a link that was signed here, for a customer who is known. */
export interface LinkedRequest {
  readonly site: Site;
  readonly request: PageRequest;
  readonly signer: LinkSigner;
  readonly link: CustomerLink;
  /** The link's time is over: it shows nothing of the customer any more, and what refuses is done all the same. */
  readonly expired: boolean;
  readonly document: CustomerDocument;
  readonly texts: PageTexts;
  readonly now: Instant;
}

/** The page behind links of one purpose. */
type LinkedPage = (asked: LinkedRequest) => Promise<PageAnswer> | PageAnswer;
export type LinkedPages = Readonly<Partial<Record<LinkPurpose, LinkedPage>>>;
