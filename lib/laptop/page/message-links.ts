// The links of a message, for those who want to follow one as its customer would: in the frame nothing can be clicked.
import { htmlToPlainText } from '#lib/messages/html.ts';
import type { OutboxMessage } from '../running-cloud.ts';
import { isOnThisMachine } from './local-address.ts';

export interface MessageLink {
  readonly text: string;
  readonly address: string;
  /** Leads to a page of the deployment, which answers here as it would answer a customer. */
  readonly isPage: boolean;
}

type FoundLink = Pick<MessageLink, 'text' | 'address'>;

/** More than this nobody chooses from. */
const MOST_LINKS = 40;
const LONGEST_TEXT = 80;

/** Each address once, in the order in which they are read. */
export function linksOf({
  html,
  text,
  content,
}: Pick<OutboxMessage, 'html' | 'text' | 'content'>): MessageLink[] {
  const links = html === undefined ? addressesIn(text ?? '', content) : anchorsIn(html);
  const byAddress = new Map<string, FoundLink>();
  for (const link of links) {
    const known = byAddress.get(link.address);
    // A picture that leads to the same place as a button says less than the button does.
    if (known === undefined || known.text === known.address) byAddress.set(link.address, link);
  }
  return [...byAddress.values()]
    .slice(0, MOST_LINKS)
    .map((link) => ({ ...link, isPage: isOnThisMachine(link.address) }));
}

function anchorsIn(html: string): FoundLink[] {
  return [...html.matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)<\/a\s*>/gis)].flatMap(
    ([, double, single, inner = '']) => {
      const address = unescaped((double ?? single ?? '').trim());
      if (!/^https?:\/\//i.test(address)) return [];
      const text = htmlToPlainText(inner).trim().replaceAll(/\s+/g, ' ');
      return [{ text: text === '' ? address : text.slice(0, LONGEST_TEXT), address }];
    },
  );
}

function addressesIn(text: string, content: unknown): FoundLink[] {
  const all = `${text} ${content === undefined ? '' : JSON.stringify(content)}`;
  return [...all.matchAll(/https?:\/\/[^\s"'<>\\]+/g)].map(([found]) => {
    const address = found.replace(/[.,;:!?)]+$/, '');
    return { text: address, address };
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};

function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
