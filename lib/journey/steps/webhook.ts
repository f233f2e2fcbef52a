// The step that calls an HTTP endpoint. The channel "webhook" of sends is another thing: that is a message.
import * as z from 'zod';
import { valuesSchema } from '../values.ts';
import { outsideFields, outsideSettings } from './outside-call.ts';
import { namedStep, type StepKind } from './step-kind.ts';

export const webhookStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('webhook').describe('Which kind of step this is.'),
    endpoint: z
      .string()
      .min(1)
      .meta({ description: 'An endpoint by its name in the settings.', examples: ['crm'] }),
    body: valuesSchema('What is sent, as JSON.').optional(),
    ...outsideFields,
  })
  .meta({
    id: 'webhook',
    description: 'Call an HTTP endpoint and, where wanted, keep its answer.',
    examples: [{ id: 'tell-crm', type: 'webhook', endpoint: 'crm', body: { user: '{{ customer.id }}' } }],
  });
export type WebhookStep = z.infer<typeof webhookStep>;

export const webhookKind: StepKind<WebhookStep> = {
  type: 'webhook',
  arms: () => [],
  node: (step, around) => ({
    kind: 'action',
    settings: {
      type: step.type,
      id: step.id,
      endpoint: step.endpoint,
      body: step.body ?? {},
      ...outsideSettings(step),
    },
    next: around.follow,
  }),
};
