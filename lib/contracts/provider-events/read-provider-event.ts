/** Reads what providers report over the bus: one file for each provider behind this registry. Pure, and never throws. */
import { busEventSchema, refusedReport, type BusEvent, type ProviderReading } from './provider-event.ts';
import { SES_SOURCE, readSesEvent } from './ses-event.ts';
import { SMS_SOURCE, readSmsEvent } from './sms-event.ts';
import { WHATSAPP_SOURCE, readWhatsAppEvent } from './whatsapp-event.ts';

const READERS: Readonly<Record<string, (deployment: string, event: BusEvent) => ProviderReading>> = {
  [SES_SOURCE]: readSesEvent,
  [SMS_SOURCE]: (_deployment, event) => readSmsEvent(event),
  [WHATSAPP_SOURCE]: (_deployment, event) => readWhatsAppEvent(event),
};

/** Whether an event of this source is a provider's; events of applications and journeys are read otherwise. */
export function isProviderSource(source: string): boolean {
  return Object.hasOwn(READERS, source);
}

/** @param event the whole event of the bus. */
export function readProviderEvent(deployment: string, event: unknown): ProviderReading {
  const read = busEventSchema.safeParse(event);
  if (!read.success) return refusedReport('no event of the bus');
  const reader = Object.hasOwn(READERS, read.data.source) ? READERS[read.data.source] : undefined;
  return reader === undefined
    ? refusedReport('no provider is known by this source')
    : reader(deployment, read.data);
}
