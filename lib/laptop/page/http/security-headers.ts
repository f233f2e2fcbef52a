// What browsers are told to refuse, whatever stands in a page: nothing is loaded from, sent to or shown in another place.
// https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy

const FOR_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Names of hosts that a message links to are not looked up either.
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
} as const;

/** Of the page, its files and its API. Frames show messages, which have a policy of their own. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...FOR_ALL,
  'content-security-policy':
    "default-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/**
 * Of an e-mail as it looks: text, its own styles and pictures that are part of it. No script, no form, nothing from another host, and an
 * origin of its own (`sandbox`), also where somebody opens it outside of the frame.
 */
export const MESSAGE_HEADERS: Readonly<Record<string, string>> = {
  ...FOR_ALL,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
};
