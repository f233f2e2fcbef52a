/**
 * A journey that lets a customer in with every event, and no cap: any number of marketing messages in a day. Of journeys that do
 * not say "always" the figures of `wend check --figures` tell the same, but nobody is warned of a default.
 */
import { finding } from '../diagnostics.ts';
import { mostMessages as mostMessagesOf } from '../most-messages.ts';
import { isEndless } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

export const mostMessages: Check = function* mostMessages({ flow, manifest, settings }) {
  if (flow === undefined || settings === undefined || isEndless(flow)) return;
  const { reentry } = manifest.entry;
  if (reentry.mode !== 'always') return;
  const { perDay, because } = mostMessagesOf(manifest, 'marketing');
  if (perDay !== 'unbounded') return;
  yield finding('messages-unbounded', ['entry', 'reentry'], { because });
};
