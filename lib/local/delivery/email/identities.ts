// Who may send: the domains and addresses that the account of this laptop has verified.
import { ServiceError } from '../../gateway/service-error.ts';
import { bareAddress, domainOf } from './email-address.ts';

export class Identities {
  readonly #region: string;
  readonly #names: ReadonlySet<string>;

  /** `names`: domains (`shop.example`) and addresses. */
  constructor(region: string, names: Iterable<string>) {
    this.#region = region;
    this.#names = new Set(Array.from(names, (name) => name.toLowerCase()));
  }

  names(): readonly string[] {
    return [...this.#names];
  }

  has(name: string): boolean {
    return this.#names.has(name.toLowerCase());
  }

  /** Throws MessageRejected where neither the address nor its domain, or one above it, is verified. */
  check(mailbox: string): void {
    const address = bareAddress(mailbox).toLowerCase();
    const labels = domainOf(address).split('.');
    const domains = labels.map((_, index) => labels.slice(index).join('.'));
    if ([address, ...domains].some((name) => this.#names.has(name))) return;
    throw new ServiceError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${this.#region.toUpperCase()}: ${mailbox}`,
    );
  }
}
