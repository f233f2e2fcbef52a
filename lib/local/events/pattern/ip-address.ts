// Addresses of the Internet, of both versions, and ranges of them.
import { BlockList, isIP, SocketAddress } from 'node:net';
import { InvalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './value-test.ts';

export interface Address {
  /** The one way in which it is written here. */
  readonly text: string;
  readonly family: 'ipv4' | 'ipv6';
}

/** undefined: this is no address. */
export function parseAddress(text: string): Address | undefined {
  const version = isIP(text);
  // A zone of an interface belongs to one machine, and to no address that AWS would know.
  if (version === 0 || text.includes('%')) return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return { text: new SocketAddress({ address: text, family }).address, family };
}

/** `10.0.0.0/24`, `2001:db8::/32`: whether a value is an address in this range. */
export function parseCidr(cidr: string, place: string): ValueTest {
  const [base = '', bits = '', ...rest] = cidr.split('/');
  if (bits === '' || rest.length > 0) throw new InvalidPattern(place, "Malformed CIDR, one '/' required");
  if (!/^\d+$/.test(bits)) throw new InvalidPattern(place, 'Malformed CIDR, mask bits must be an integer');
  const address = parseAddress(base);
  if (address === undefined) throw new InvalidPattern(place, `Nonstandard IP address: ${base}`);
  const most = address.family === 'ipv4' ? 32 : 128;
  if (Number(bits) >= most)
    throw new InvalidPattern(place, `Mask bits of ${address.family} must be < ${most}`);
  const range = new BlockList();
  range.addSubnet(address.text, Number(bits), address.family);
  return (value) => {
    const given = typeof value === 'string' ? parseAddress(value) : undefined;
    // An IPv4 address in the notation of IPv6 is in no range of IPv4 to AWS; BlockList would find it there.
    return given?.family === address.family && range.check(given.text, given.family);
  };
}
