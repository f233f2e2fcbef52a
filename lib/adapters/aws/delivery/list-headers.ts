/**
 * Headers by which mail programs and mailbox providers know marketing e-mails: how to end them, and which list they belong to.
 * Gmail, Yahoo and Outlook.com ask bulk senders for them (RFC 2369, RFC 2919, RFC 8058). SES signs what it is given by DKIM.
 */
import type { MessageHeader } from '@aws-sdk/client-sesv2';
import type { UnsubscribeLink } from '#lib/engine/ports.ts';

/** A header's value may have 995 characters (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html); room for the name. */
const LONGEST_VALUE = 960;

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

export interface ListHeadersOf {
  /** The list, as customers consent to it. */
  readonly topic?: string | undefined;
  /** The address that the e-mail is from, in ASCII. */
  readonly from: string;
  readonly unsubscribe?: UnsubscribeLink | undefined;
}

/**
 * Empty where nothing is known; an address that is not HTTPS is no place for a customer's wish and is left out. One of this machine is as
 * safe (https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy): the pages of a local cloud.
 */
export function listHeaders({ topic, from, unsubscribe }: ListHeadersOf): MessageHeader[] {
  const url = unsubscribe === undefined ? undefined : secureUrl(unsubscribe.url);
  const headers: MessageHeader[] = [];
  if (url !== undefined) headers.push({ Name: 'List-Unsubscribe', Value: `<${url}>` });
  if (url !== undefined && unsubscribe?.oneClick === true)
    headers.push({ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' });
  const list = topic === undefined ? undefined : listId(topic, from);
  if (list !== undefined) headers.push({ Name: 'List-Id', Value: list });
  return headers;
}

/** In ASCII, and without what could end the brackets or the line: the parser of the platform writes such letters as `%0A`. */
function secureUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, href } = new URL(address);
  const isSecure = protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.has(hostname));
  return isSecure && href.length <= LONGEST_VALUE && /^[!-;=?-~]+$/.test(href) ? href : undefined;
}

/** The topic below the domain of the sender, which tells the lists of different companies apart. */
function listId(topic: string, from: string): string | undefined {
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1];
  return domain === undefined || !/^[A-Za-z0-9-]{1,64}$/.test(topic) ? undefined : `<${topic}.${domain}>`;
}
