// A sender of webhook messages names an endpoint that there is.
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';

export function checkSenders({ senders, endpoints }: Settings): Finding[] {
  return Object.entries(senders).flatMap(([name, { webhook }]) =>
    webhook === undefined || Object.hasOwn(endpoints, webhook.endpoint)
      ? []
      : [
          finding('unknown-endpoint', ['senders', name, 'webhook', 'endpoint'], {
            name: webhook.endpoint,
            known: Object.keys(endpoints),
          }),
        ],
  );
}
