// The address in a mailbox as settings write it: alone, or behind a name in angle brackets.

/** `Shop <hello@shop.example>` → `hello@shop.example`. What has no brackets is the address. */
export function mailboxAddress(mailbox: string): string {
  return (/<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}
