/** The pages that every message can link to. */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { MessageOccasion, UnsubscribeLink } from '#lib/engine/ports.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { TrackLink } from './tracked-links.ts';

/** Named as in Liquid. */
interface Links {
  readonly unsubscribe_url: string;
  readonly preferences_url: string;
  readonly why_url: string;
  readonly confirm_url: string;
  readonly privacy_url: string;
}

/** What a link in a message is about. */
export interface LinkSubject {
  readonly message: string;
  readonly channel: Channel;
  readonly journey: string;
  readonly step: string;
  /** Absent where nothing is sent: previews, plays. */
  readonly occasion?: MessageOccasion;
}

export interface MessagePages {
  readonly variables: Links;
  /** What the headers of an e-mail say; absent: nothing. */
  readonly unsubscribe?: UnsubscribeLink;
  /** What becomes of the other addresses in the message; absent: nothing. */
  readonly track?: TrackLink;
}

/** Addresses of the deployment's own pages, signed for the customer and the message. */
export interface CustomerPages {
  readonly links: (occasion: MessageOccasion, channel: Channel) => Links;
  /** An address that leads to `target` and tells that it was followed. */
  readonly tracked: (occasion: MessageOccasion, channel: Channel, target: string) => string;
}

/**
 * The deployment's own pages where there are some; those that settings name (`links`) take their place, with the message and the journey
 * added, so that a click can be told apart. Mail programs unsubscribe at the deployment's own page in any case: it is known to take what
 * they send. Without either, addresses under `.invalid` (RFC 2606) keep texts renderable and can never be mistaken for a page.
 */
export function pageLinks(
  named: Settings['links'],
  pages?: CustomerPages,
  trackedChannels: readonly Channel[] = [],
): (about: LinkSubject) => MessagePages {
  return (about) => {
    const own = about.occasion === undefined ? undefined : pages?.links(about.occasion, about.channel);
    const variables = {
      ...(own ?? namedPages(NOWHERE, about)),
      ...(named === undefined ? {} : namedPages(variablesOf(named), about)),
    };
    if (own !== undefined)
      return {
        variables,
        unsubscribe: { url: own.unsubscribe_url, oneClick: true },
        ...trackOf(about, variables, pages, trackedChannels),
      };
    if (named === undefined) return { variables };
    // A page of the workspace's own: nobody knows whether it takes a POST.
    return { variables, unsubscribe: { url: variables.unsubscribe_url, oneClick: false } };
  };
}

/** Links to the customer's own pages are followed for a reason that is nobody's business. */
function trackOf(
  { occasion, channel }: LinkSubject,
  variables: Links,
  pages: CustomerPages | undefined,
  channels: readonly Channel[],
): Pick<MessagePages, 'track'> {
  if (occasion === undefined || pages === undefined || !channels.includes(channel)) return {};
  const own = new Set<string>(Object.values(variables));
  return { track: (target) => (own.has(target) ? target : pages.tracked(occasion, channel, target)) };
}

const NOWHERE: Links = {
  unsubscribe_url: 'https://links.invalid/unsubscribe',
  preferences_url: 'https://links.invalid/preferences',
  why_url: 'https://links.invalid/why',
  confirm_url: 'https://links.invalid/confirm',
  privacy_url: 'https://links.invalid/privacy',
};

function variablesOf({ unsubscribe, preferences, why }: NonNullable<Settings['links']>) {
  return { unsubscribe_url: unsubscribe, preferences_url: preferences, why_url: why };
}

function namedPages<Names extends string>(
  addresses: Readonly<Record<Names, string>>,
  { journey, message }: LinkSubject,
): Record<Names, string> {
  const query = `journey=${encodeURIComponent(journey)}&message=${encodeURIComponent(message)}`;
  const asked: Record<string, string> = {};
  for (const [name, address] of Object.entries<string>(addresses))
    asked[name] = `${address}${address.includes('?') ? '&' : '?'}${query}`;
  return asked;
}
