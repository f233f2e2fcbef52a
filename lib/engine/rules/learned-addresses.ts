/** What a provider's answer says of the customer's addresses is decided with the answer: one write, whatever has become of the message. */
import { sendKey } from '#lib/contracts/ids.ts';
import type { Deciding } from '../deciding.ts';
import type { Input } from '../input.ts';
import { changeTokens } from './push-tokens.ts';
import { suppress } from './suppression.ts';

/** The customer has answered STOP, or somebody has put the number on the provider's list. */
const OPTED_OUT = 'opted out at the provider';

/** `afterChange`: what follows from a changed profile. */
export function learnAddresses(
  deciding: Deciding,
  { call, channel, answer }: Extract<Input, { kind: 'sent' }>,
  afterChange: (deciding: Deciding, id: string) => void,
): void {
  if (answer.learned === undefined) return;
  if (answer.learned.optedOut === true) suppress(deciding, channel, { reason: OPTED_OUT, at: deciding.now });
  const id = sendKey(call.run.run, call.step.id, call.loop.visit);
  if (changeTokens(deciding, { id }, answer.learned)) afterChange(deciding, id);
}
