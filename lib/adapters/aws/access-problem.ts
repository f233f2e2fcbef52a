/** Why AWS does not let somebody in who calls it from a command line: told in words, because they can do something about it. */
import { errorName } from './client-errors.ts';

export interface AccessProblem {
  readonly message: string;
  /** What to try. */
  readonly hint?: string;
}

const SIGN_IN =
  'Sign in (aws sso login), or say which credentials to use: AWS_PROFILE=<profile>, and AWS_REGION=<region> where the profile names none.';

/** By the names that the SDK and the services give their errors; https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html */
const BY_NAME: Readonly<Record<string, AccessProblem>> = {
  CredentialsProviderError: { message: 'there are no AWS credentials', hint: SIGN_IN },
  TokenProviderError: { message: 'the sign-in to AWS has expired', hint: SIGN_IN },
  ExpiredToken: { message: 'the AWS credentials have expired', hint: SIGN_IN },
  ExpiredTokenException: { message: 'the AWS credentials have expired', hint: SIGN_IN },
  UnrecognizedClientException: { message: 'AWS does not know these credentials', hint: SIGN_IN },
  InvalidClientTokenId: { message: 'AWS does not know these credentials', hint: SIGN_IN },
  InvalidSignatureException: {
    message: 'AWS does not accept the signature of these credentials',
    hint: 'The secret key may be wrong, or the clock of this computer more than five minutes.',
  },
};

const NETWORK: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Undefined for what has another reason than access. */
export function accessProblem(error: unknown): AccessProblem | undefined {
  const name = errorName(error);
  if (name === undefined || !(error instanceof Error)) return undefined;
  if (error.message === 'Region is missing')
    return { message: 'no AWS Region is chosen', hint: 'Set AWS_REGION, or a region in the profile.' };
  const code = 'code' in error ? String(error.code) : name;
  if (NETWORK.has(code) || name === 'TimeoutError')
    return { message: 'AWS cannot be reached', hint: 'Is there a network, and is the Region spelt right?' };
  if (name === 'AccessDeniedException' || name === 'AccessDenied')
    // AWS says who may not do what: the one who reads this is the one who calls.
    return {
      message: `AWS refuses: ${error.message}`,
      hint: 'Ask for this right, or use another AWS_PROFILE.',
    };
  return BY_NAME[name];
}
