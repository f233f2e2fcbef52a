import { expect, it } from 'vitest';
import type { StateMachine } from '#lib/compiler/lower/asl.ts';
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import { definitionText } from '#lib/infra/definition-text.ts';

/** As CloudFormation does it: every `${Name}` is replaced, wherever it stands. */
function substituted(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Unresolved: ${name}`);
    return value;
  });
}

it('what a marketer wrote reaches Step Functions as it was written, placeholders of functions are replaced', () => {
  const written = {
    price: 'only ${amount}, or $ { 5 }',
    cunning: 'see ${SendMessage}',
    nested: ['"${SendMessage}"', '${', '\\${Decide}'],
  };
  const definition = {
    States: { send: { Arguments: { FunctionName: STEP_FUNCTIONS.send, Payload: written } } },
  } as unknown as StateMachine;
  const deployed: unknown = JSON.parse(substituted(definitionText(definition), { SendMessage: 'arn:send' }));
  expect(deployed).toEqual({
    States: { send: { Arguments: { FunctionName: 'arn:send', Payload: written } } },
  });
});
