/**
 * What an error of a provider's client means for a message: refused for good, not taken and worth another try, or in doubt. The
 * doubt is the rule: only what is certain is anything else, because a message that may have been taken is not sent again
 * (promise P3).
 */
import type { ProviderAnswer } from '#lib/engine/ports.ts';
import { isBeforeTheRequest } from '../client-errors.ts';

export type Failure = Exclude<ProviderAnswer, { readonly kind: 'accepted' }>;

/**
 * Errors by their name, or by name and reason where the service gives one (`ConflictException RESOURCE_NOT_ACTIVE`), of which the provider says that nothing was sent.
 * `refused`: it is this message or this recipient, and trying again would change nothing.
 * `try later`: it is the moment, the account or the deployment: somebody mends it while the message waits, until it expires.
 * `throttled`: too many calls for the moment; the channel is slowed down.
 */
export type FailureTable = Readonly<Record<string, 'refused' | 'try later' | 'throttled'>>;

/** Of every AWS service: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_common-errors.html */
const COMMON: FailureTable = {
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  // Credentials and permissions: the request was not carried out, and the next deployment or rotation mends it.
  AccessDenied: 'try later',
  AccessDeniedException: 'try later',
  ExpiredToken: 'try later',
  ExpiredTokenException: 'try later',
  InvalidClientTokenId: 'try later',
  InvalidSignatureException: 'try later',
  IncompleteSignature: 'try later',
  NotAuthorized: 'try later',
  OptInRequired: 'try later',
  RequestExpired: 'try later',
  SignatureDoesNotMatch: 'try later',
  UnrecognizedClientException: 'try later',
  // Of the client itself: without credentials nothing has left.
  CredentialsProviderError: 'try later',
};

/**
 * @param provider names the provider in the reason: `SES`.
 * @param table errors of this provider; they win over those of all AWS services.
 * @returns reasons of error names alone: messages of errors may quote addresses and content.
 */
export function failureOf(provider: string, error: unknown, table: FailureTable): Failure {
  if (isBeforeTheRequest(error)) return { kind: 'try later', reason: `${provider}: not reached` };
  const name = errorName(error);
  const exact = `${name}${errorReason(error)}`;
  const known = { ...COMMON, ...table };
  const found = [exact, name].find((one) => Object.hasOwn(known, one));
  const kind = found === undefined ? undefined : known[found];
  const reason = `${provider}: ${exact}`;
  if (kind === 'throttled') return { kind: 'try later', reason, throttled: true };
  return { kind: kind ?? 'unknown', reason };
}

/** Names of errors are words; what is none may be anything. */
function errorName(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return /^[A-Za-z][A-Za-z0-9]{0,59}$/.test(name) ? name : 'unnamed error';
}

/** Of a list that the service keeps; with a blank before it, empty where there is none. */
function errorReason(error: unknown): string {
  if (!(error instanceof Error) || !('Reason' in error)) return '';
  return typeof error.Reason === 'string' && /^[A-Z_]{1,80}$/.test(error.Reason) ? ` ${error.Reason}` : '';
}
