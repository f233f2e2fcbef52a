// Being a customer: becoming known, and consenting or withdrawing, as the applications would tell of it.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { addMillis, fromMillis } from '#lib/contracts/time.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { write, type Route } from '../http/route.ts';
import { knownCustomer } from './customers.ts';

const newCustomerSchema = z.object({
  user: z.string().trim().min(1, 'a customer needs an id').max(512),
  email: z
    .string()
    .trim()
    .regex(/^[^\s@]+@[^\s@]+$/, 'is no e-mail address')
    .optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+\d{6,15}$/, 'international, digits only after the plus: +4930123456')
    .optional(),
  firstName: z.string().trim().max(200).optional(),
  timezone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'is no time zone')
    .optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language such as en or pt-BR')
    .optional(),
  topics: z.array(z.string()).default([]).describe('That the customer consents to, on all channels'),
});

const consentSchema = z.object({
  topic: z.string().min(1),
  channel: channelSchema.optional(),
  granted: z.boolean(),
});

export function beCustomerRoutes(cloud: RunningCloud, newId: () => string): readonly Route[] {
  return [
    write(
      '/api/customers',
      { input: newCustomerSchema, output: z.object({ id: z.string() }) },
      async ({ user, topics, ...traits }) => {
        const now = fromMillis(cloud.clock.now());
        const given = Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
        await cloud.put([
          { type: 'identify', userId: user, messageId: newId(), timestamp: now, traits: given },
          ...topics.map((topic, index) => ({
            type: 'track',
            userId: user,
            messageId: newId(),
            // Behind the identify, by which the customer becomes known.
            timestamp: addMillis(now, index + 1),
            event: 'Consent Changed',
            properties: { topic, granted: true, source: 'page' },
          })),
        ]);
        return { id: cloud.customers.idOf(user) };
      },
    ),

    write(
      '/api/customers/{id}/consent',
      { input: consentSchema, output: z.object({}) },
      async ({ topic, channel, granted }, { id }) => {
        const { external } = knownCustomer(cloud, id);
        await cloud.put([
          {
            type: 'track',
            userId: external,
            messageId: newId(),
            timestamp: fromMillis(cloud.clock.now()),
            event: 'Consent Changed',
            properties: { topic, ...(channel !== undefined && { channel }), granted, source: 'page' },
          },
        ]);
        return {};
      },
    ),
  ];
}
