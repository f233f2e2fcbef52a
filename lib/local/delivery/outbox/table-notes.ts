// What the deployment's table says about messages: in-app messages are items there, and whose a text or WhatsApp message is stands in the
// item that remembers its id.
import * as z from 'zod';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { sentMessageSchema } from '#lib/contracts/sent-message.ts';
import { toJson, type Json } from '../../asl/json.ts';
import { aboutKey, aboutSent } from '../about-tags.ts';
import type { Happenings } from '../happenings/happenings.ts';
import { CHANNELS } from './outbox-message.ts';
import type { Outbox } from './outbox.ts';

/** Texts of an item in the form of DynamoDB's interface; other attributes do not matter here. */
const imageSchema = z.record(z.string(), z.looseObject({ S: z.string().optional() }));

export interface TableNotesOptions {
  readonly outbox: Outbox;
  readonly happenings: Happenings;
  readonly uniqueId: () => string;
}

/** @param newImage of an item that was written, as DynamoDB's interface has it; undefined for one that was deleted. */
export function noteTableChange(options: TableNotesOptions, newImage: unknown): void {
  const image = imageSchema.safeParse(newImage).data;
  if (image === undefined) return;
  const text = (name: string) => image[name]?.S;
  const partition = text(ATTRIBUTES.partition) ?? '';
  const sort = text(ATTRIBUTES.sort) ?? '';
  const customer = after(KEYS.customer(''), partition);
  const send = after(KEYS.inAppMessage(''), sort);
  if (customer !== undefined && send !== undefined) noteInApp(options, customer, send, text);
  const sent = sentMessageSchema.safeParse(parsed(text('sent')));
  if (sent.success)
    for (const channel of CHANNELS) {
      const id = after(KEYS.message(channel, ''), partition);
      const message = id === undefined ? undefined : options.outbox.findByProvider(channel, id);
      if (message !== undefined) options.outbox.describe(message.id, aboutSent(sent.data));
    }
}

/** The same send again is the same item: it is shown once, however often it is written. */
function noteInApp(
  { outbox, happenings, uniqueId }: TableNotesOptions,
  customer: string,
  send: string,
  text: (name: string) => string | undefined,
): void {
  if (outbox.findByProvider('inapp', send) !== undefined) return;
  const journey = text('journey');
  const message = text('message');
  happenings.take(
    {
      id: uniqueId(),
      channel: 'inapp',
      to: [customer],
      sender: '',
      providerId: send,
      about: {
        customer,
        ...aboutKey(send),
        ...(journey === undefined ? {} : { journey }),
        ...(message === undefined ? {} : { message }),
      },
      content: { kind: 'inapp', content: parsed(text('content')) },
      links: [],
      envelope: {},
    },
    [],
  );
}

function after(prefix: string, key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

function parsed(text: string | undefined): Json {
  try {
    return toJson(JSON.parse(text ?? 'null')) ?? null;
  } catch {
    return text ?? null;
  }
}
