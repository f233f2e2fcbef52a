// Unsubscribing by the button that mail programs show beside an e-mail (RFC 8058): what they post, posted as they do it.
import type { OutboxMessage } from '../running-cloud.ts';
import { isOnThisMachine } from './local-address.ts';

/**
 * Where the mail program would post; undefined where it would show no button, or where the address is another machine's: nothing is sent
 * off the laptop.
 */
export function oneClickAddress({ headers = [] }: Pick<OutboxMessage, 'headers'>): string | undefined {
  const valueOf = (wanted: string): string =>
    headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  if (valueOf('list-unsubscribe-post') !== 'List-Unsubscribe=One-Click') return undefined;
  // Several addresses may stand there, each in brackets (RFC 2369, section 2).
  const addresses = [...valueOf('list-unsubscribe').matchAll(/<([^<>]+)>/g)].map(
    ([, address = '']) => address,
  );
  return addresses.find(isOnThisMachine);
}

/** What the page has answered; a mail program shows that it worked with 200. Rejects where nobody answers. */
export async function unsubscribeByOneClick(address: string): Promise<number> {
  const { status } = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    // Mail programs follow nowhere (RFC 8058, section 3.1), and send no cookies.
    redirect: 'manual',
    credentials: 'omit',
  });
  return status;
}
