/**
 * A push notification as Apple's and Google's services take it. Beside what is shown, the app gets the key of the send, so that it can
 * report openings: no provider reports any.
 * https://docs.aws.amazon.com/end-user-messaging/latest/push/ ; both services take at most 4 KB.
 */
import * as z from 'zod';

/** Content of a push message, as lib/messages renders it. */
const pushContentSchema = z.object({
  title: z.string(),
  body: z.string(),
  link: z.string().optional(),
  image: z.string().optional(),
  data: z.record(z.string(), z.string()).optional(),
});
type PushContent = z.infer<typeof pushContentSchema>;

/** What the app reads beside title and body; `wendSend` names the message in its reports (`Message Opened { send }`). */
function dataOf({ link, image, data }: PushContent, send: string): Record<string, string> {
  return {
    ...data,
    wendSend: send,
    ...(link === undefined ? {} : { link }),
    ...(image === undefined ? {} : { image }),
  };
}

/** https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification */
function applePayload(content: PushContent, send: string): string {
  const { title, body, image } = content;
  const aps = {
    alert: { title, body },
    // Pinpoint wants it in every raw payload: 0 for what is shown.
    'content-available': 0,
    // The app may fetch the picture before it is shown.
    ...(image === undefined ? {} : { 'mutable-content': 1 }),
  };
  return JSON.stringify({ ...dataOf(content, send), aps });
}

/** https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages */
function googlePayload(content: PushContent, send: string): string {
  const { title, body, image } = content;
  const notification = { title, body, ...(image === undefined ? {} : { image }) };
  return JSON.stringify({ fcmV1Message: { message: { notification, data: dataOf(content, send) } } });
}

/** Raw payloads for both services; undefined for content that is none of a push message. */
export function pushPayloads(
  content: unknown,
  send: string,
): { readonly apple: string; readonly google: string } | undefined {
  const { data } = pushContentSchema.safeParse(content);
  return data === undefined
    ? undefined
    : { apple: applePayload(data, send), google: googlePayload(data, send) };
}
