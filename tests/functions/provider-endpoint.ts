// SES at the edge of this machine: an HTTP endpoint that takes every message and keeps what it was asked to send. Whoever asks it for a
// secret gets one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MessageTag } from '#lib/contracts/message-tags.ts';

/** The part of a request to SES that tests look at. */
interface SentEmail {
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly Content: { readonly Simple: { readonly Subject: { readonly Data: string } } };
  readonly ConfigurationSetName: string;
  readonly EmailTags: readonly MessageTag[];
}

export interface ProviderEndpoint {
  readonly url: string;
  readonly emails: SentEmail[];
  close(): Promise<void>;
}

export async function providerEndpoint(): Promise<ProviderEndpoint> {
  const emails: SentEmail[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (String(request.headers['x-amz-target']).endsWith('.GetSecretValue')) {
        response.end(JSON.stringify({ SecretString: 'secret' }));
        return;
      }
      emails.push(JSON.parse(body) as SentEmail);
      response.end(JSON.stringify({ MessageId: `message-${emails.length}` }));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    emails,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
