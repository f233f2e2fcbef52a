import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readMessageTags } from '#lib/contracts/message-tags.ts';
import { FIRST_LOOP } from '#lib/contracts/step-calls.ts';
import { deployFunctions, type DeployedFunctions } from './deployed-functions.ts';
import { DeployedWorld, type Interference } from './deployed-world.ts';

const HOUR = 3_600_000;
/** A Monday noon in Berlin: no quiet hours for half a day. */
const START = '2026-11-23T11:00:00.000Z';

let functions: DeployedFunctions;
beforeAll(async () => {
  functions = await deployFunctions();
}, 180_000);
afterAll(() => functions.remove());
afterEach(() => {
  vi.useRealTimers();
  functions.provider.emails.length = 0;
});

/** A customer who consents to promotions and leaves a cart behind. */
async function leavesCart(customer: string, interfere?: Interference): Promise<DeployedWorld> {
  const world = new DeployedWorld(functions, START, interfere);
  await world.tell(customer, {
    kind: 'identify',
    traits: { email: `${customer}@example.com`, timezone: 'Europe/Berlin' },
  } as never);
  await world.tell(customer, {
    kind: 'event',
    event: 'Consent Changed',
    properties: { topic: 'promotions', channel: 'email', granted: true },
  });
  await world.tell(customer, {
    kind: 'event',
    event: 'Product Added',
    properties: { product_id: 'p1', name: 'Lamp', price: 100 },
  });
  return world;
}

/** E-mails of the cart journey: which step has sent each, and to whom. */
function emails(): string[] {
  return functions.provider.emails.flatMap(({ EmailTags: tags, Destination: { ToAddresses: to } }) => {
    const values = Object.fromEntries(tags.map(({ Name: name, Value: value }) => [name, [value]]));
    const sent = readMessageTags('wend-test', values);
    return sent?.journey === 'cart-recovery' ? [`${sent.step} to ${to.join()}`] : [];
  });
}

describe('a committed journey in the deployed functions', () => {
  it('waits, sends, takes the arm of the event that came, waits again, decides on the next send and ends', async () => {
    const world = await leavesCart('ada');
    await world.pass(HOUR - 60_000);
    expect(emails()).toEqual([]);
    await world.pass(2 * 60_000);
    expect(emails()).toEqual(['remind to ada@example.com']);
    expect(functions.provider.emails[0]?.ConfigurationSetName).toBe('wend-test');
    await world.tell('ada', { kind: 'event', event: 'Checkout Started', properties: {} });
    await world.pass(3 * HOUR + 60_000);
    const steps = world.told.filter(({ journey }) => journey === 'cart-recovery');
    const arms = steps.filter(({ kind, step }) => kind === 'takes' && step === 'comes-back');
    expect(arms.map(({ branch }) => branch)).not.toContain('time is up');
    // Whether a second message may go out so soon is up to the caps of the settings; the relay may tell a decision twice.
    const second = steps.filter(({ step }) => step === 'checkout-help').map(({ kind }) => kind);
    expect(new Set(second.filter((kind) => kind === 'sends' || kind === 'skips')).size).toBe(1);
    await world.pass(10 * 24 * HOUR);
    const document = await world.document('ada');
    expect(Object.values(document?.runs ?? {}).filter(({ journey }) => journey === 'cart-recovery')).toEqual(
      [],
    );
    expect(document?.tallies['cart-recovery']).toMatchObject({ entered: 1, completed: 1, failed: 0 });
  });

  it('branches where nobody comes back, and every run is accounted for', async () => {
    const world = await leavesCart('grace');
    await world.pass(12 * 24 * HOUR);
    const tally = (await world.document('grace'))?.tallies['cart-recovery'];
    expect(tally).toMatchObject({ entered: 1, completed: 1, failed: 0 });
    expect(emails()[0]).toBe('remind to grace@example.com');
  });

  it('sends once though the function dies after its work: the Task is tried again', async () => {
    let deaths = 0;
    const world = await leavesCart('hedy', (step, payload) => {
      const { step: settings, attempt } = payload as { step: { id: string }; attempt: number };
      if (step !== 'send' || settings.id !== 'remind' || attempt > 1) return undefined;
      deaths += 1;
      return Object.assign(new Error('cut off'), { name: 'Sandbox.Timedout' });
    });
    await world.pass(HOUR + 10 * 60_000);
    expect(deaths).toBe(2);
    expect(emails()).toEqual(['remind to hedy@example.com']);
  });
});

describe('a call that no machine makes', () => {
  const run = {
    run: 'a'.repeat(24),
    leg: 1,
    customer: 'b'.repeat(32),
    journey: 'cart-recovery',
    version: 'x',
  };

  it('is not understood, and says where, never what', async () => {
    const payload = { run, attempt: 0, loop: FIRST_LOOP, step: { id: 'ada@example.com' }, next: 7 };
    await expect(functions.call('decide', payload)).rejects.toMatchObject({
      name: 'PayloadNotUnderstood',
      message: 'the payload of the step has something unexpected at: next',
      stack: '',
    });
    const update = { ...payload, step: { type: 'update', id: 'set' }, next: null };
    await expect(functions.call('emit', update)).rejects.toMatchObject({ name: 'PayloadNotUnderstood' });
  });

  it('about a customer nobody knows is the end of its execution', async () => {
    const payload = { run, attempt: 0, loop: FIRST_LOOP, step: { id: 'wait' }, next: null };
    await expect(functions.call('decide', payload)).rejects.toMatchObject({ name: 'RunEnded' });
    expect(await functions.call('end', { run, failed: 'States.Timeout' })).toBeNull();
  });
});
