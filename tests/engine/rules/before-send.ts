// A customer whose run stands before a send: where the tests of sends and caps begin.
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { letter, manifest } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

/** A run that stands before the send `hello`; `more` steps stand behind it. */
export function before(
  settings: Partial<SendSettings>,
  traits: Record<string, unknown> = EMAIL,
  nodes: Record<string, FlowNode> = {},
): Bench {
  const next = Object.keys(nodes)[0] ?? null;
  const ada = new Bench([
    manifest(
      'journey',
      { event: 'Signed Up', reentry: { mode: 'always' } },
      { hello: letter('hello', next, settings), ...nodes },
    ),
  ]);
  ada.identify(traits);
  ada.event('Signed Up');
  return ada;
}
