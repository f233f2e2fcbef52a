/** Task of a send: decides, claims, renders, asks the provider once and records its answer. The only function that may send. */
import { sendCallSchema } from '#lib/contracts/step-calls.ts';
import { sendMessage } from '#lib/engine/use-cases/send-message.ts';
import { parseCall } from '#lib/engine/use-cases/parse-call.ts';
import { createSlots } from '#lib/adapters/aws/dynamodb/slots.ts';
import { createSigningRenderers } from '#lib/runtime/customer-links/signing-renderers.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createSending } from '#lib/runtime/sending.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { loadMessagesFile } from '#lib/runtime/workspace-file.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
// Not traced into its clients: there is no room for the tracer beside those of all channels (docs/adr/0031).
const step = createDecidingStep(environment, import.meta.dirname, (client) => client);
const { engine, deployed, table, surroundings } = step;
const { messages, catalog } = loadMessagesFile(import.meta.dirname);
const rendering = { messages, catalog, settings: deployed.settings };
const renderers = createSigningRenderers(rendering, environment);
const sending = {
  workspace: engine.workspace,
  ports: {
    ...engine.ports,
    slots: createSlots(table, Math.random),
    delivery: createSending(step, environment),
  },
};

export const handler = stepHandler(surroundings, async (payload) => {
  const call = parseCall(sendCallSchema, payload);
  return sendMessage({ ...sending, ports: { ...sending.ports, renderer: await renderers() } }, call);
});
