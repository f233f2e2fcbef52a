/** The three pages every message can link to. */
import type { UnsubscribeLink } from '#lib/engine/ports.ts';

/** Named as in Liquid. */
export interface Links {
  readonly unsubscribe_url: string;
  readonly preferences_url: string;
  readonly why_url: string;
  /** What the headers of an e-mail say; absent: nothing. */
  readonly unsubscribe?: UnsubscribeLink;
}

/**
 * Addresses of the pages named in settings (`links`), with the message and the journey added, so that a click can be told
 * apart. Without settings, addresses under `.invalid` (RFC 2606) keep texts renderable and can never be mistaken for a page.
 */
export function pageLinks(
  pages: { readonly unsubscribe: string; readonly preferences: string; readonly why: string } | undefined,
): (about: { readonly message: string; readonly journey: string }) => Links {
  const base = pages ?? {
    unsubscribe: 'https://links.invalid/unsubscribe',
    preferences: 'https://links.invalid/preferences',
    why: 'https://links.invalid/why',
  };
  return (about) => {
    const unsubscribe = page(base.unsubscribe, about);
    return {
      unsubscribe_url: unsubscribe,
      preferences_url: page(base.preferences, about),
      why_url: page(base.why, about),
      // A page of the workspace's own: nobody knows whether it takes a POST.
      ...(pages === undefined ? {} : { unsubscribe: { url: unsubscribe, oneClick: false } }),
    };
  };
}

function page(address: string, about: { readonly message: string; readonly journey: string }): string {
  const query = `journey=${encodeURIComponent(about.journey)}&message=${encodeURIComponent(about.message)}`;
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}
