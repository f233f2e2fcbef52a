/** A customer who could not be asked when everybody was is asked again. */
import type { UntoldCustomer } from '#lib/contracts/audience.ts';
import { askCustomer } from './ask-customer.ts';
import type { DecidingPorts, Engine } from './engine.ts';
import { questionOf, type QuestionPorts } from './question-of.ts';

/** Throws what `askCustomer` and `questionOf` throw: then they should be asked once more, later. */
export async function askAgain(
  engine: Engine<DecidingPorts>,
  ports: QuestionPorts,
  { customer, input }: UntoldCustomer,
): Promise<void> {
  const question = await questionOf(input, engine.workspace, ports);
  if (question !== undefined) await askCustomer(engine, customer, question);
}
