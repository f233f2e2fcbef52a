/** An address as its owner recognises it and nobody else can use it: links are forwarded, and a page shows no more than it needs. */

/** `j…@e….com`, `+49…89`; undefined for what is neither. */
export function maskedAddress(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const email = /^(.).*@(.).*(\.[^.@]+)$/su.exec(address);
  if (email !== null) return `${email[1]}…@${email[2]}…${email[3]}`;
  const phone = /^(\+\d{2})\d{4,}(\d{2})$/.exec(address);
  return phone === null ? undefined : `${phone[1]}…${phone[2]}`;
}
