/**
 * Rules of `delivery` that hold nothing back: in a journey that sends no marketing, on channels by which it does not send, and what to do in quiet hours where it is never quiet.
 */
import { NO_QUIET_HOURS } from '#lib/journey/delivery-rules.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { NO_CLOSED_DAYS } from '#lib/journey/opening-hours.ts';
import { findingAtKey } from '../diagnostics.ts';
import { openOn } from '../opening-minutes.ts';
import type { Check } from './journey-context.ts';

export const deliveryWithoutEffect: Check = function* deliveryWithoutEffect({
  journey: { delivery },
  steps,
  settings,
  whole,
}) {
  // A send that could not be read may be the one that they are for.
  if (!whole) return;
  const sends = steps.flatMap(({ step, path }) => (step.type === 'send' ? [{ step, path }] : []));
  const marketing = sends.filter(({ step }) => (step.class ?? delivery.class) !== 'transactional');
  // Nothing is said of a journey that does not send yet.
  if (sends.length === 0) return;
  if (marketing.length === 0) {
    for (const field of ['caps', 'windows', 'closed', 'perSecond', 'quietHours'] as const) {
      const written = delivery[field];
      // "none" says what holds anyway.
      if (written !== undefined && written !== NO_CLOSED_DAYS && written !== NO_QUIET_HOURS)
        yield findingAtKey('without-effect', ['delivery', field], { field, because: 'all transactional' });
    }
    return;
  }
  const used = new Set(marketing.flatMap(({ step }) => channelsOf(step.channel)));
  for (const field of ['windows', 'perSecond'] as const)
    for (const channel of channelSchema.options)
      if (delivery[field]?.[channel] !== undefined && !used.has(channel))
        yield findingAtKey('without-effect', ['delivery', field, channel], {
          field: channel,
          because: 'channel not used',
        });
  if (settings === undefined) return;
  const closed = delivery.closed === NO_CLOSED_DAYS ? [] : [...settings.closed, ...(delivery.closed ?? [])];
  if (closed.length > 0) return;
  for (const { step, path } of marketing) {
    if (step.ifQuiet === undefined) continue;
    const open = channelsOf(step.channel).map((channel) => openOn(channel, delivery, settings));
    if (open.every((minutes) => minutes.every(Boolean)))
      yield findingAtKey('without-effect', [...path, 'ifQuiet'], {
        field: 'ifQuiet',
        because: 'always open',
      });
  }
};
