// Addresses as SES takes them: seven-bit, one in each place, a name in front where somebody wants one.
// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
import { ServiceError } from '../../gateway/service-error.ts';

/** What is left of `Shop <hello@shop.example>` is `hello@shop.example`. */
export function bareAddress(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}

/** What stands behind the last @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** RFC 5321, section 4.5.3.1. */
const LONGEST_ADDRESS = 320;

/** @throws BadRequestException, in the words of SES where they are known. */
export function checkMailbox(mailbox: string): void {
  const address = bareAddress(mailbox);
  if (address.length > LONGEST_ADDRESS) refuse('Address length is more than 320 characters long');
  // A line break would begin another header.
  if (/[\r\n\0]/.test(mailbox)) refuse('Local address contains control or whitespace');
  const at = address.lastIndexOf('@');
  if (at < 0 || at === address.length - 1) refuse("Missing final '@domain'");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local === '') refuse('Missing local name');
  if (/[\s\p{Cc}]/u.test(local)) refuse('Local address contains control or whitespace');
  if (!/^[\x21-\x7e]+$/.test(local)) refuse('Local address contains non-ASCII characters');
  if (/[<>()[\]\\,;:"@]/.test(local) && !/^".*"$/.test(local))
    refuse('Local address contains illegal character');
  if (/[\s\p{Cc}]/u.test(domain)) refuse('Domain contains control or whitespace');
  if (!/^[A-Za-z0-9.-]+$/.test(domain)) refuse('Domain contains illegal character');
  if (domain.startsWith('.')) refuse('Domain starts with dot');
  if (domain.endsWith('.')) refuse('Domain ends with dot');
  if (domain.includes('..')) refuse('Domain contains dot-dot');
}

function refuse(message: string): never {
  throw new ServiceError('BadRequestException', message);
}
