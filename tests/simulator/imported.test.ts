// The past of a shop, imported as calls like all others: it is known from then on, and sets off nothing unless it is asked for.
import { describe, expect, it } from 'vitest';
import { compileJourneys, CART, consent, hours, playStream, story } from './small-shop.ts';

const TELL = {
  name: 'Tell',
  status: 'live',
  entry: { trait: 'profile.plan', to: 'gold', reentry: 'always' },
  delivery: { topic: 'promotions' },
  steps: [{ id: 'tell', type: 'send', message: 'offer', channel: 'email' }],
};

function call(hour: number, what: object, imported: boolean): string {
  const context = imported ? { context: { import: true } } : {};
  const common = { messageId: `${hour} ${JSON.stringify(what)}`, userId: 'ada', timestamp: hours(hour) };
  return `${JSON.stringify({ ...common, ...what, ...context })}\n`;
}

const track = (event: string, properties: object): object => ({ type: 'track', event, properties });
const identify = (traits: object): object => ({ type: 'identify', traits });

async function played(imported: boolean): Promise<string[]> {
  const lines = [
    call(0, track('Consent Changed', consent), imported),
    call(0, identify({ email: 'ada@example.com', plan: 'gold' }), imported),
    call(1, track('Product Added', { price: 30 }), imported),
    // Not imported: the shop goes on.
    call(4, identify({ plan: 'gold' }), false),
    call(5, track('Product Added', { price: 40 }), false),
  ];
  const { trace } = await playStream(lines.join(''), {
    journeys: compileJourneys({ cart: CART, tell: TELL }),
  });
  return story(trace.filter(({ kind }) => kind === 'enters' || kind === 'sends' || kind === 'refuses'));
}

describe('what is imported', () => {
  it('lets nobody in and sends nothing; what comes after it meets a customer with consent and address', async () => {
    expect(await played(true)).toEqual([
      '5 ada enters',
      '6 ada sends remind email',
      '54 ada sends offer email',
    ]);
  });

  it('would have, as what happens', async () => {
    expect((await played(false)).slice(0, 3)).toEqual([
      '0 ada enters',
      '0 ada sends tell email',
      '1 ada enters',
    ]);
  });
});
