/**
 * Push notifications by End User Messaging Push: one `SendMessages` to all tokens of the customer, with the addresses in the call
 * itself; nothing of Pinpoint's endpoints is used.
 * https://docs.aws.amazon.com/pinpoint/latest/apireference/apps-application-id-messages.html
 */
import { SendMessagesCommand, type MessageResult, type PinpointClient } from '@aws-sdk/client-pinpoint';
import { sendKey } from '#lib/contracts/ids.ts';
import type { LearnedAddresses, ProviderAnswer } from '#lib/engine/ports.ts';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';
import { failureOf, type FailureTable } from './provider-failure.ts';
import { pushPayloads } from './push-payload.ts';

/** Errors of `SendMessages`, as its page lists them. */
const FAILURES: FailureTable = {
  BadRequestException: 'refused',
  PayloadTooLargeException: 'refused',
  MethodNotAllowedException: 'refused',
  // The application is not there, or has no credentials for the service.
  ForbiddenException: 'try later',
  NotFoundException: 'try later',
};

/** `SendMessages` takes at most so many addresses (https://docs.aws.amazon.com/pinpoint/latest/developerguide/quotas.html). */
const MOST_ADDRESSES = 100;

/** Device tokens of APNs are bytes in hex, 32 or more of them; registration tokens of FCM have other letters as well. */
const APPLE_TOKEN = /^(?:[0-9a-f]{2}){32,}$/i;

export function createPush(options: {
  readonly client: Pick<PinpointClient, 'send'>;
  readonly senders: (name: string) =>
    | {
        readonly application: string;
        /** Apple's tokens are those of development builds. */
        readonly sandbox?: boolean | undefined;
      }
    | undefined;
}): ChannelSender {
  const { client, senders } = options;
  return async ({ sent, rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const payloads = pushPayloads(rendered.content, sendKey(sent.run, sent.step, sent.visit));
    if (payloads === undefined) return refused('the content is none of a push notification');
    // The newest are the last in the profile's list.
    const tokens = rendered.to.slice(-MOST_ADDRESSES);
    const addresses = tokens.map(
      (token) => [token, { ChannelType: service(token, sender.sandbox === true) }] as const,
    );
    try {
      const { MessageResponse } = await client.send(
        new SendMessagesCommand({
          ApplicationId: sender.application,
          MessageRequest: {
            Addresses: Object.fromEntries(addresses),
            MessageConfiguration: {
              APNSMessage: { RawContent: payloads.apple },
              GCMMessage: { RawContent: payloads.google },
            },
          },
        }),
      );
      const answered = MessageResponse?.Result ?? {};
      const results = tokens.map((token) => (Object.hasOwn(answered, token) ? answered[token] : undefined));
      return withLearned(together(results), learnedOf(tokens, results));
    } catch (error) {
      return failureOf('push', error, FAILURES);
    }
  };
}

function service(token: string, sandbox: boolean): 'APNS' | 'APNS_SANDBOX' | 'GCM' {
  if (!APPLE_TOKEN.test(token)) return 'GCM';
  return sandbox ? 'APNS_SANDBOX' : 'APNS';
}

/**
 * One answer of all devices: accepted as soon as one has taken it. Without one, a doubt about any is a doubt; what is only busy
 * is tried later; refused where every token is gone.
 */
function together(results: readonly (MessageResult | undefined)[]): ProviderAnswer {
  const taken = results.find((result) => result?.DeliveryStatus === 'SUCCESSFUL');
  if (taken !== undefined) return { kind: 'accepted', id: taken.MessageId ?? 'push' };
  const statuses = new Set(results.map((result) => result?.DeliveryStatus));
  const doubts = [...statuses].filter((status) => status === undefined || !CERTAIN.has(status));
  if (doubts.length > 0) return { kind: 'unknown', reason: `push: ${doubts[0] ?? 'no result'}` };
  const busy = [...statuses].find((status) => status === 'THROTTLED' || status === 'TEMPORARY_FAILURE');
  if (busy !== undefined)
    return {
      kind: 'try later',
      reason: `push: ${busy}`,
      ...(statuses.has('THROTTLED') ? { throttled: true } : {}),
    };
  return { kind: 'refused', reason: `push: ${[...statuses].join(', ')}` };
}

/** After these, the service says, nothing was shown and nothing will be. */
const CERTAIN: ReadonlySet<string> = new Set([
  'THROTTLED',
  'TEMPORARY_FAILURE',
  'PERMANENT_FAILURE',
  'OPT_OUT',
  'DUPLICATE',
]);

/**
 * What APNs and FCM say of a token that no app has any more; FCM answers 404, APNs 410. A permanent failure alone does not mean that:
 * a credential that has expired is one too, and would take every customer's tokens away.
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 * https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode
 */
const GONE_STATUS: ReadonlySet<number> = new Set([404, 410]);
const GONE_WORDS = /unregistered|notregistered|not registered|baddevicetoken|invalid ?registration/i;

/** Tokens that are gone, and those that FCM has given a new name while it delivered. */
function learnedOf(
  tokens: readonly string[],
  results: readonly (MessageResult | undefined)[],
): LearnedAddresses {
  const dead = tokens.filter((_, index) => isGone(results[index]));
  const replaced = tokens.flatMap((token, index) => {
    const updated = results[index]?.UpdatedToken;
    return updated === undefined || updated === '' || updated === token ? [] : [[token, updated] as const];
  });
  return {
    ...(dead.length === 0 ? {} : { dead }),
    ...(replaced.length === 0 ? {} : { replaced: new Map(replaced) }),
  };
}

function isGone(result: MessageResult | undefined): boolean {
  if (result?.DeliveryStatus !== 'PERMANENT_FAILURE') return false;
  return GONE_STATUS.has(result.StatusCode ?? 0) || GONE_WORDS.test(result.StatusMessage ?? '');
}

function withLearned(answer: ProviderAnswer, learned: LearnedAddresses): ProviderAnswer {
  return Object.keys(learned).length === 0 ? answer : { ...answer, learned };
}
