// What a phone shows of a raw payload for Apple's or Google's service.
// https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification
// https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
import * as z from 'zod';
import { ServiceError } from '../../gateway/service-error.ts';
import type { MessageContent } from '../outbox/outbox-message.ts';

const appleSchema = z.looseObject({
  aps: z.looseObject({
    alert: z.union([
      z.string(),
      z.looseObject({ title: z.string().default(''), body: z.string().default('') }),
    ]),
  }),
});

const googleSchema = z.object({
  fcmV1Message: z.object({
    message: z.object({
      notification: z
        .object({
          title: z.string().default(''),
          body: z.string().default(''),
          image: z.string().optional(),
        })
        .default({ title: '', body: '' }),
      data: z.record(z.string(), z.string()).default({}),
    }),
  }),
});

type PushContent = Extract<MessageContent, { kind: 'push' }>;

/** @throws BadRequestException where neither service would understand it. */
export function pushContent(raw: string): PushContent {
  const payload = parsed(raw);
  const google = googleSchema.safeParse(payload);
  if (google.success) {
    const { notification, data } = google.data.fcmV1Message.message;
    return content(notification.title, notification.body, data, notification.image);
  }
  const apple = appleSchema.safeParse(payload);
  if (!apple.success)
    throw new ServiceError(
      'BadRequestException',
      'RawContent is neither a payload of APNs (`aps.alert`) nor of FCM (`fcmV1Message.message`).',
    );
  const { aps, ...rest } = apple.data;
  const { alert } = aps;
  const data = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return typeof alert === 'string'
    ? content('', alert, data, data['image'])
    : content(alert.title, alert.body, data, data['image']);
}

function content(
  title: string,
  body: string,
  data: Record<string, string>,
  image: string | undefined,
): PushContent {
  const { link } = data;
  return {
    kind: 'push',
    title,
    body,
    data,
    ...(image === undefined ? {} : { image }),
    ...(link === undefined ? {} : { link }),
  };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new ServiceError('BadRequestException', 'RawContent is not JSON.');
  }
}
