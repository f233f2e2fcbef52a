/** What messages and values can print of a customer and a run. */
import type { ActionCall, SendCall } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '../document.ts';
import type { MessageVariables, ValueVariables } from '../ports.ts';

export function messageVariables(document: CustomerDocument, call: SendCall | ActionCall): MessageVariables {
  const run = document.runs[call.run.run];
  return {
    profile: Object.fromEntries(Object.entries(document.traits).map(([name, trait]) => [name, trait.value])),
    entry: run?.event ?? {},
    saved: run?.saved ?? {},
    journey: { id: call.run.journey, step: call.step.id },
  };
}

export function valueVariables(document: CustomerDocument, call: ActionCall): ValueVariables {
  return {
    ...messageVariables(document, call),
    run: { id: call.run.run, round: call.loop.round },
    customer: { id: document.external.user },
  };
}
