// `best` tries channels out, by a draw that hangs on the send alone, and says how likely each choice was.
import { describe, expect, it } from 'vitest';
import { hashFraction } from '#lib/contracts/hash.ts';
import { FIRST_LOOP, type Channel, type SendSettings } from '#lib/contracts/step-calls.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { newDocument } from '#lib/engine/document.ts';
import { channelsInOrder } from '#lib/engine/rules/channel-order.ts';
import { idOf } from '../../laws/world/world.ts';
import { Bench } from '../bench.ts';

const CHANNELS: Channel[] = ['email', 'sms', 'push'];
const EVERYWHERE = { email: 'ada@example.com', phone: '+4915112345678', pushTokens: ['t1'] };

interface Chosen {
  readonly channel: Channel;
  readonly probability: number;
  readonly reason: string | undefined;
  readonly key: string;
}

function workspace(settings: Partial<SendSettings>): Bench {
  const nodes = { hello: letter('hello', 'rest', settings), rest: pause('1 hour', null) };
  return new Bench([manifest('journey', 'Signed Up', nodes)]);
}

/** Somebody new stands before the send. */
function meet(bench: Bench, name: string, traits: object = EVERYWHERE): void {
  bench.document = newDocument(idOf(name), name, bench.now);
  bench.identify({ ...traits }, { id: `${name} is known` });
  bench.event('Signed Up', {}, { id: `${name} signed up` });
  bench.follow(Object.keys(bench.document.runs)[0] ?? '');
}

/** The send is called, in a visit of its own, and goes out. */
function send(ada: Bench, visit = 1): Chosen {
  const loop = { ...FIRST_LOOP, visit };
  const answer = ada.send('hello', { loop });
  if (answer.kind !== 'claim') throw new Error(`not sent: ${answer.kind}`);
  const { channel } = answer;
  ada.sent('hello', 'accepted', { loop, channel });
  const { probability = Number.NaN, reason } = ada.log.findLast(({ kind }) => kind === 'sends') ?? {};
  return { channel, probability, reason, key: ada.document.sends.at(-1)?.key ?? '' };
}

/** One send to each of so many customers. */
function crowd(size: number, settings: Partial<SendSettings>, traits?: object): Chosen[] {
  const bench = workspace(settings);
  return Array.from({ length: size }, (_, index) => {
    meet(bench, `customer ${index}`, traits);
    return send(bench);
  });
}

const best = (more: SendSettings['best'] = {}): Partial<SendSettings> => ({ channels: CHANNELS, best: more });

/** Pearson's: the sum of squared differences over what was expected. */
function chiSquare(chosen: readonly Chosen[], odds: Readonly<Record<string, number>>): number {
  return Object.entries(odds).reduce((sum, [channel, share]) => {
    const expected = share * chosen.length;
    const observed = chosen.filter((one) => one.channel === channel).length;
    return sum + (observed - expected) ** 2 / expected;
  }, 0);
}

describe('trying channels out', () => {
  it('the probability that is logged is how often it happens', () => {
    const chosen = crowd(3000, best({ explore: '30%' }));
    // 70 % as ranked, and a third of the others for each.
    const odds = { email: 0.8, sms: 0.1, push: 0.1 };
    // 99.9 % of fair draws stay below 13.8 with two degrees of freedom; the draws are hashes, so this never changes.
    expect(chiSquare(chosen, odds)).toBeLessThan(13.8);
    for (const { channel, probability } of chosen)
      expect(probability).toBeCloseTo(odds[channel as keyof typeof odds], 6);
    const inverse = chosen.reduce((sum, { probability }) => sum + 1 / probability, 0) / chosen.length;
    expect(inverse).toBeGreaterThan(2.7);
    expect(inverse).toBeLessThan(3.3);
  });

  it('of the channels that are open: one without an address takes no share', () => {
    const { phone: _, ...noPhone } = EVERYWHERE;
    const chosen = crowd(2000, best({ explore: '40%' }), noPhone);
    const odds = { email: 0.8, push: 0.2 };
    // 99.9 % with one degree of freedom.
    expect(chiSquare(chosen, odds)).toBeLessThan(10.9);
    expect(new Set(chosen.map(({ channel, probability }) => `${channel} ${probability}`))).toEqual(
      new Set(['email 0.8', 'push 0.2']),
    );
  });

  it('a tenth of them where nothing is said, and none with "0%"', () => {
    const explored = crowd(2000, best()).filter(({ reason }) => reason === 'explored').length;
    expect(explored).toBeGreaterThan(150);
    expect(explored).toBeLessThan(250);
    const followed = crowd(200, best({ explore: '0%' }));
    expect(
      new Set(followed.map(({ channel, reason, probability }) => [channel, reason, probability].join())),
    ).toEqual(new Set(['email,listed,1']));
  });

  it('never instead of the channel that the customer prefers', () => {
    const chosen = crowd(200, best({ explore: '100%', preferred: 'profile.likes' }), {
      ...EVERYWHERE,
      likes: 'push',
    });
    expect(
      new Set(chosen.map(({ channel, reason, probability }) => [channel, reason, probability].join())),
    ).toEqual(new Set(['push,preferred,1']));
  });

  it('is drawn anew for each visit of a step, and the same for each attempt at it', () => {
    const ada = workspace(best({ explore: '50%' }));
    meet(ada, 'ada');
    const { document } = ada;
    const attempts = [1, 2, 3].map(() => {
      ada.document = document;
      return send(ada).channel;
    });
    expect(new Set(attempts).size).toBe(1);
    const channels = Array.from({ length: 60 }, (_, index) => send(ada, index + 2).channel);
    expect(new Set(channels)).toEqual(new Set(CHANNELS));
  });

  it('finds the channel on which customers react, which following alone does not', () => {
    // Everybody reacts to one e-mail of ten and to six notifications of ten.
    const rates: Readonly<Record<string, number>> = { email: 0.1, sms: 0, push: 0.6 };
    const learnedBy = (explore: string): number => {
      const settings = best({ explore });
      const bench = workspace(settings);
      const found = Array.from({ length: 60 }, (_, index) => {
        meet(bench, `customer ${index}`);
        for (let visit = 1; visit <= 60; visit += 1) {
          const { channel, key } = send(bench, visit);
          if (hashFraction('reacts', key) < (rates[channel] ?? 0))
            bench.event('Message Opened', { send: key });
        }
        const [first] = channelsInOrder(bench.document, { channels: CHANNELS, ...settings });
        return first?.channel;
      });
      return found.filter((channel) => channel === 'push').length;
    };
    expect(learnedBy('30%')).toBeGreaterThan(54);
    expect(learnedBy('0%')).toBe(0);
  });

  it('a channel can be judged by what came of it, whoever got it: reactions weighed by inverse probability', () => {
    const rates: Readonly<Record<string, number>> = { email: 0.2, sms: 0.5, push: 0.35 };
    const chosen = crowd(4000, best({ explore: '60%' }));
    for (const channel of CHANNELS) {
      const worth = chosen
        .filter((one) => one.channel === channel && hashFraction('reacts', one.key) < (rates[channel] ?? 0))
        .reduce((sum, { probability }) => sum + 1 / probability, 0);
      // Two and a half standard deviations of such an estimate from 4,000 sends are below 0.06.
      expect(Math.abs(worth / chosen.length - (rates[channel] ?? 0))).toBeLessThan(0.06);
    }
  });

  it('what was long ago weighs less and less: the counts are halved at fifty messages', () => {
    const ada = workspace({ ...best({ explore: '0%' }), channels: ['email', 'push'] });
    meet(ada, 'ada');
    for (let visit = 1; visit <= 50; visit += 1) ada.event('Message Opened', { send: send(ada, visit).key });
    expect(ada.document.reactions?.email).toEqual({ sent: 50, reacted: 50 });
    send(ada, 51);
    expect(ada.document.reactions?.email).toEqual({ sent: 26, reacted: 25 });
  });
});
