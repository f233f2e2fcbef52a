// dynalite in this process and without a port: its server is never made to listen, and is handed requests as its own HTTP parser would.
// What it knows are its documented protocol and the events of `http.Server`; nothing inside dynalite is touched but what it stores in.
import './texts-in-memory.ts';
import dynalite from 'dynalite';
import type { EmbeddedAnswer, Embedded } from './embedded.ts';

/** dynalite asks for a signature, and does not check it. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
};

/** dynalite stumbles, while it checks a request, over a null in the middle of a list or a map; AWS refuses to read it. */
const UNREADABLE: EmbeddedAnswer = {
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazon.coral.service#SerializationException',
    message: 'The request cannot be read: a member of it is null, or of another type than it has to be.',
  }),
};

/** Empty, in memory. */
export function openDynalite(): Embedded {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    call: (operation, input) =>
      new Promise((resolve) => {
        const heard = new Map<string, (data?: string) => void>();
        const request = {
          method: 'POST',
          url: '/',
          headers: { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` },
          on: (event: string, listener: (data?: string) => void) => heard.set(event, listener),
          removeAllListeners: () => heard.clear(),
        };
        const response = {
          statusCode: 200,
          setHeader: () => undefined,
          end: (body: string) => resolve({ status: response.statusCode, body } satisfies EmbeddedAnswer),
        };
        server.emit('request', request, response);
        heard.get('data')?.(typeof input === 'string' ? input : JSON.stringify(input));
        try {
          heard.get('end')?.();
        } catch {
          resolve(UNREADABLE);
        }
      }),
  };
}
