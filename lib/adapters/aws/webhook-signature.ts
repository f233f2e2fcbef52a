/**
 * Signs a call as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com): id, time and body, so that the receiver knows who has
 * called, that nothing was changed, and that it is no old call again.
 */
import { createHmac } from 'node:crypto';
import { Fault } from '#lib/contracts/faults.ts';

const PREFIX = 'whsec_';
/** Bytes of a key, as the standard wants it: shorter ones can be guessed. */
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

/** One call, as it goes over the line. */
export interface SignedCall {
  /** The same for every attempt of one call. */
  readonly id: string;
  /** When this attempt is made, in seconds since 1970. */
  readonly seconds: number;
  readonly body: string;
}

/**
 * @param secrets each `whsec_` and a key in Base64; while one takes the place of another, both sign, and the receiver takes either.
 * @throws Fault SecretUnavailable for a secret of another form; it does not stand in the message.
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, seconds, body }: SignedCall,
): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`, 'utf8');
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}

function keyOf(secret: string): Buffer {
  const text = secret.trim();
  const base64 = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  const key = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : Buffer.alloc(0);
  if (key.length < FEWEST_BYTES || key.length > MOST_BYTES)
    throw new Fault(
      'SecretUnavailable',
      `a secret that signs calls must be "whsec_" and ${FEWEST_BYTES} to ${MOST_BYTES} bytes in Base64`,
    );
  return key;
}
