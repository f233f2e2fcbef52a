/**
 * The switch by which customers stop marketing of a business inside WhatsApp, and let it in again.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/user_preferences
 */
import * as z from 'zod';
import { fromMillis, type Instant } from '../time.ts';
import type { Reply } from './reply.ts';

const preferenceSchema = z.object({
  /** Digits without a plus. */
  wa_id: z.string().regex(/^\+?[1-9]\d{1,14}$/),
  category: z.string(),
  value: z.enum(['stop', 'resume']),
  /** Seconds since 1970. */
  timestamp: z.union([z.string().regex(/^\d{1,12}$/), z.int().nonnegative().max(999_999_999_999)]),
});

/**
 * Undefined for what is not understood, `other` for what is not about marketing.
 * @param time when it was published: from when a stop counts whose own time cannot be read
 */
export function readWhatsAppPreference(preference: unknown, time: Instant): Reply | 'other' | undefined {
  const read = preferenceSchema.safeParse(preference);
  const dateless = preferenceSchema.extend({ value: z.literal('stop'), timestamp: z.unknown() });
  const data = read.data ?? dateless.safeParse(preference).data;
  if (data === undefined) return undefined;
  if (data.category !== 'marketing_messages') return 'other';
  const at = read.success ? fromMillis(Number(read.data.timestamp) * 1000) : time;
  return {
    channel: 'whatsapp',
    // It has no id of its own; events of one customer are told apart by it, so it needs no number.
    id: `preference/${at}/${data.value}`,
    at,
    answers: [],
    from: data.wa_id.startsWith('+') ? data.wa_id : `+${data.wa_id}`,
    wish: data.value === 'stop' ? 'stop' : 'start',
  };
}
