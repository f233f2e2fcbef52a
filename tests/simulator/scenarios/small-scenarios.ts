// Scenarios on the small shop: written as a marketer writes them, read, checked and played.
import { readWorkspace } from '#lib/compiler/workspace.ts';
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import type { ScenarioResult } from '#lib/simulator/scenarios/play-scenario.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { readTests, type ReadTests } from '#lib/simulator/scenarios/read-tests.ts';
import { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';
import { compileMessage } from '#lib/messages/compile-message.ts';
import { summarise, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { CART, SETTINGS } from '../small-shop.ts';

const MESSAGES = ['reminder', 'help', 'offer'];

async function messages(): Promise<CompiledMessage[]> {
  const compiled = MESSAGES.map(async (id) => {
    const files = {
      [`${id}/message.json`]: JSON.stringify({ name: id, subject: id }),
      [`${id}/email.html`]: `<p>Hello {{ profile.firstName | default: "you" }}</p><a href="{{ unsubscribe_url }}">no more</a>`,
    };
    const result = await compileMessage({
      id,
      files,
      defaultLocale: 'en',
      vocabulary: { traits: ['firstName'], properties: [] },
    });
    if (result.compiled === undefined) throw new Error(JSON.stringify(result.problems));
    return result.compiled;
  });
  return Promise.all(compiled);
}

/** What is said about a file of tests, and a player for its scenarios. */
export async function readScenarios(
  file: unknown,
  journeys: Readonly<Record<string, unknown>> = { cart: CART },
): Promise<ReadTests & { readonly player: ScenarioPlayer; readonly workspace: readonly Diagnostic[] }> {
  const compiled = await messages();
  const { settings, ...checked } = readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify(SETTINGS) },
    journeys: Object.entries(journeys).map(([id, journey]) => ({
      path: `journeys/${id}.json`,
      text: JSON.stringify(journey),
    })),
    messages: compiled.map((message) => ({
      ...summarise(message),
      file: `messages/${message.id}/message.json`,
    })),
    readLiquid,
  });
  if (settings === undefined) throw new Error('the settings have errors');
  const text = typeof file === 'string' ? file : JSON.stringify(file, null, 2);
  const tests = readTests([{ path: 'tests/cart.json', text }], {
    settings,
    journeys: checked.journeys,
    segments: checked.segments,
    journeyIds: Object.keys(journeys),
    messageIds: MESSAGES,
  });
  const player = ScenarioPlayer.of({
    settings,
    journeys: checked.journeys,
    segments: checked.segments,
    messages: compiled,
  });
  return { ...tests, player, workspace: checked.diagnostics };
}

/** A scenario with Anna, who can be written to, in a cart of 50. */
export function scenario(change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    name: 'Anna is reminded',
    start: '2026-03-27T10:00:00Z',
    customers: [
      {
        id: 'anna',
        traits: { email: 'anna@example.com', firstName: 'Anna' },
        consent: { promotions: ['email'] },
      },
    ],
    timeline: [{ at: '0 minutes', event: 'Product Added', properties: { price: 50 } }],
    expect: [],
    ...change,
  };
}

/** Plays one scenario. Throws where it has errors. */
export async function play(
  change: Readonly<Record<string, unknown>>,
  journeys?: Readonly<Record<string, unknown>>,
): Promise<ScenarioResult> {
  const { scenarios, player, diagnostics, workspace } = await readScenarios(
    { journey: 'cart', scenarios: [scenario(change)] },
    journeys,
  );
  const [placed] = scenarios;
  if (placed === undefined) throw new Error(JSON.stringify([...workspace, ...diagnostics]));
  return player.play(placed);
}
