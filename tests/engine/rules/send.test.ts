import { describe, expect, it } from 'vitest';
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { before } from './before-send.ts';

const PHONE = { phone: '+4915112345678' };
const NIGHT = { from: '21:00', to: '08:00' };

function deferredUntil(answer: ReturnType<Bench['send']>): unknown {
  return answer.kind === 'leave' && answer.name === 'Deferred' ? answer.details['until'] : answer;
}

describe('which channel', () => {
  const channels: Channel[] = ['sms', 'email', 'inapp'];

  it.each([
    ['the first with an address', { channels }, EMAIL, 'email'],
    ['the first of all', { channels }, { ...EMAIL, ...PHONE }, 'sms'],
    ['one that needs no address', { channels }, {}, 'inapp'],
    [
      'push with a token',
      { channels: ['push', 'email'] as Channel[] },
      { ...EMAIL, pushTokens: ['t1', 't2'] },
      'push',
    ],
    ['not push without', { channels: ['push', 'email'] as Channel[] }, { ...EMAIL, pushTokens: [] }, 'email'],
    ['no malformed address', { channels: ['email', 'inapp'] as Channel[] }, { email: 'ada@' }, 'inapp'],
  ])('%s', (_, settings, traits, channel) => {
    expect(before(settings, traits).send('hello')).toMatchObject({ kind: 'claim', channel });
  });

  it('the first that the message has content for, that is not suppressed, that has consent', () => {
    const ada = before({ channels, topic: 'news' }, { ...EMAIL, ...PHONE });
    expect(ada.send('hello', { content: ['email', 'inapp'] })).toMatchObject({ kind: 'plan' });
    expect(ada.told('skips')).toEqual(['skips hello sms no content for the channel']);
    const consented = before({ channels, topic: 'news' }, { ...EMAIL, ...PHONE });
    consented.event('Consent Changed', { topic: 'news', granted: true });
    consented.event('Message Complained', { channel: 'sms' });
    expect(consented.send('hello')).toMatchObject({ channel: 'email' });
  });

  it('push goes to every live token and is claimed once', () => {
    const ada = before({ channels: ['push'] }, { pushTokens: ['t1', '', 't2', 7] });
    expect(ada.send('hello')).toMatchObject({ to: ['t1', 't2'] });
    expect(ada.document.sends).toHaveLength(1);
  });

  it('refused for good: the next channel; never another after accepted or unknown', () => {
    const ada = before({ channels: ['email', 'inapp'] });
    ada.send('hello');
    expect(ada.sent('hello', 'refused')).toEqual({ kind: 'again' });
    expect(ada.send('hello')).toMatchObject({ kind: 'claim', channel: 'inapp' });
    ada.sent('hello', 'unknown', { channel: 'inapp' });
    expect(ada.told('sends', 'skips')).toEqual(['sends hello inapp unknown']);
  });

  it('refused by all of them: failed, and the log says so', () => {
    const ada = before({}, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    ada.sent('hello', 'refused');
    expect(ada.send('hello')).toMatchObject({ kind: 'plan' });
    expect(ada.told('skips')).toEqual(['skips hello email refused by the provider']);
    expect(ada.document.sends.map(({ state }) => state)).toEqual(['failed']);
  });

  it('who has refused stays known while another asks for patience', () => {
    const ada = before({ channels: ['email', 'inapp'] });
    ada.send('hello');
    ada.sent('hello', 'refused');
    ada.send('hello');
    expect(ada.sent('hello', 'try later', { channel: 'inapp' })).toMatchObject({ name: 'Deferred' });
    ada.minutes(1);
    expect(ada.send('hello')).toMatchObject({ kind: 'claim', channel: 'inapp' });
  });
});

const asks = (was: string): FlowNode => ({
  kind: 'branch',
  cases: [{ name: was, when: { send: 'hello', was }, next: null }],
  otherwise: 'rest',
});

describe('what skips a send', () => {
  it.each<[string, Partial<SendSettings>, Record<string, unknown>]>([
    ['no consent', { topic: 'news' }, EMAIL],
    ['no address', {}, {}],
  ])('%s', (reason, settings, traits) => {
    const ada = before(settings, traits);
    ada.send('hello');
    expect(ada.told('skips')).toEqual([`skips hello email ${reason}`]);
  });

  it('no record of consent is consent only where the topic says so', () => {
    expect(before({ topic: 'updates' }).send('hello')).toMatchObject({ kind: 'claim' });
    const refused = before({ topic: 'updates' });
    refused.event('Message Unsubscribed', { topic: 'updates', channel: 'email' });
    refused.send('hello');
    expect(refused.told('skips')).toEqual(['skips hello email no consent']);
  });

  it('an unsubscribe that names only its send is about that topic and channel', () => {
    const ada = before({}, EMAIL, { rest: pause('1 hour', 'again'), again: letter('again', null) });
    ada.send('hello');
    ada.sent('hello');
    ada.event('Message Unsubscribed', { send: ada.document.sends[0]?.key });
    expect(ada.document.consent).toMatchObject({ updates: { email: { granted: false } } });
    ada.minutes(60);
    ada.send('again');
    expect(ada.told('skips')).toEqual(['skips again email no consent']);
  });

  it('a run goes on after a skip, or ends with "onFailure": "exit"', () => {
    const rest = { rest: pause('1 hour', null) };
    expect(before({}, {}, rest).send('hello')).toMatchObject({ kind: 'plan' });
    const ends = before({ onFailure: 'exit' }, {}, rest);
    expect(ends.send('hello')).toMatchObject({ kind: 'leave', name: 'RunEnded' });
    expect(ends.told('exits')).toEqual(['exits hello not sent']);
    const failed = before({ onFailure: 'exit' }, EMAIL, rest);
    failed.send('hello');
    failed.sent('hello', 'refused');
    failed.send('hello');
    expect(failed.told('exits')).toEqual(['exits hello not sent']);
  });

  it('"was": a skip is skipped and not sent, a send in doubt is sent, a refused one failed', () => {
    const outcomes = ['skipped', 'sent', 'failed'].map((was) =>
      ['skip', 'unknown', 'refused'].map((how) => {
        const ada = before({}, how === 'skip' ? {} : EMAIL, { asks: asks(was), rest: pause('1 hour', null) });
        const answers = [
          ada.send('hello'),
          how === 'skip' ? undefined : ada.sent('hello', how === 'refused' ? how : 'unknown'),
          how === 'refused' ? ada.send('hello') : undefined,
        ];
        return JSON.stringify(answers).includes('"asks":0');
      }),
    );
    expect(outcomes).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });

  it('a message that cannot be rendered uses up no cap', () => {
    const ada = before({ caps: [{ most: 1, of: 'all' }] }, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    expect(ada.document.sentForLife).toEqual({ all: 1 });
    const problem = '"entry.title" is missing';
    ada.decide({ kind: 'not rendered', call: ada.sendCall('hello'), channel: 'email', problem });
    expect(ada.log.at(-2)).toMatchObject({ kind: 'skips', because: problem });
    expect(ada.document).toMatchObject({ sentForLife: { all: 0 }, sends: [] });
    expect(ada.told('skips')).toEqual(['skips hello email message could not be rendered']);
  });
});

describe('transactional messages', () => {
  const settings = {
    class: 'transactional',
    topic: 'news',
    quietHours: NIGHT,
    caps: [{ most: 1, of: 'all' }],
  } as const;

  it('need no consent, know no quiet hours and no caps, and use up none', () => {
    const ada = before({ ...settings, caps: [...settings.caps] }, EMAIL, {
      again: letter('again', null, { caps: [{ most: 1, of: 'all' }] }),
    });
    ada.wait(at('2026-03-02T23:00:00Z'));
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
    ada.sent('hello');
    expect(ada.send('again')).toMatchObject({ kind: 'claim' });
  });

  it('obey suppression', () => {
    const ada = before({ class: 'transactional' });
    ada.event('Message Complained', { channel: 'email' });
    ada.send('hello');
    expect(ada.told('skips')).toEqual(['skips hello email suppressed']);
  });

  it('in doubt are tried again, until a report says that they were sent', () => {
    const ada = before({ class: 'transactional' }, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    expect(ada.sent('hello', 'unknown')).toMatchObject({ kind: 'fault' });
    expect(ada.send('hello', { attempt: 1 })).toMatchObject({ kind: 'claim' });
    ada.event('Message Delivered', { send: ada.document.sends[0]?.key });
    expect(ada.send('hello', { attempt: 2 })).toMatchObject({ kind: 'plan' });
    expect(ada.told('sends')).toEqual(['sends hello email accepted']);
  });
});

describe('quiet hours', () => {
  // Berlin is at UTC+1: 20:30Z is half past nine in the evening, 07:00Z is the end of the quiet.
  const evening = at('2026-03-02T20:30:00Z');
  const morning = '2026-03-03T07:00:00.000Z';

  function inTheEvening(settings: Partial<SendSettings>, traits: Record<string, unknown> = EMAIL): Bench {
    const ada = before({ quietHours: NIGHT, ...settings }, traits);
    ada.wait(evening);
    return ada;
  }

  it('put a send off to their end, once in the log, and no further', () => {
    const ada = inTheEvening({});
    expect([deferredUntil(ada.send('hello')), deferredUntil(ada.send('hello'))]).toEqual([morning, morning]);
    expect(ada.told('defers')).toEqual(['defers hello email quiet hours']);
    ada.wait(at(morning));
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
  });

  it.each([
    ['2026-03-02T19:59:59.999Z', 'claim'],
    ['2026-03-02T20:00:00Z', 'leave'],
    ['2026-03-03T06:59:59.999Z', 'leave'],
    ['2026-03-03T07:00:00Z', 'claim'],
  ])('include their start and exclude their end: %s', (instant, kind) => {
    const ada = before({ quietHours: NIGHT, expires: '2 days' });
    ada.wait(at(instant));
    expect(ada.send('hello').kind).toBe(kind);
  });

  it('with "skip" skip it; where it would expire before, it is skipped as expired', () => {
    const skips = inTheEvening({ ifQuiet: 'skip' });
    skips.send('hello');
    expect(skips.told('skips')).toEqual(['skips hello email quiet hours']);
    const expires = inTheEvening({ expires: '10 hours' });
    expires.send('hello');
    expect(expires.told('skips')).toEqual(['skips hello email expired']);
    expect(deferredUntil(inTheEvening({ expires: '11 hours' }).send('hello'))).toBe(morning);
  });

  it('are those of the customer; for a text message also of the number', () => {
    const newYork = { ...EMAIL, ...PHONE, timezone: 'America/New_York' };
    expect(inTheEvening({}, newYork).send('hello')).toMatchObject({ kind: 'claim' });
    // In the German morning it is night in New York: 13:00Z is the first hour that is day in both.
    expect(deferredUntil(inTheEvening({ channels: ['sms'] }, newYork).send('hello'))).toBe(
      '2026-03-03T13:00:00.000Z',
    );
  });

  it('another channel that is not quiet is taken instead', () => {
    const newYork = { ...EMAIL, ...PHONE, timezone: 'America/New_York' };
    expect(inTheEvening({ channels: ['sms', 'email'] }, newYork).send('hello')).toMatchObject({
      channel: 'email',
    });
  });

  it('folded into the wait before: the deferral is logged where it would have been, and expiry counts from there', () => {
    for (const [expires, outcome] of [
      ['11 hours', 'claim'],
      ['10 hours', 'skip'],
    ] as const) {
      const night = letter('night', null, { quietHours: NIGHT, expires });
      const ada = new Bench([manifest('journey', 'Signed Up', { rest: pause('10 hours', 'night'), night })]);
      ada.wait(at('2026-03-02T10:30:00Z'));
      ada.identify(EMAIL);
      ada.event('Signed Up');
      expect(ada.run.first.until).toBe(outcome === 'claim' ? morning : '2026-03-02T20:30:00.000Z');
      ada.wait(at(ada.run.first.until ?? morning));
      const answer = ada.send('night', { reached: ada.now });
      const deferred = ada.log
        .filter(({ kind }) => kind === 'defers')
        .map((entry) => [entry.at, entry.until]);
      expect([answer.kind === 'claim' ? 'claim' : 'skip', deferred]).toEqual([
        outcome,
        outcome === 'claim' ? [['2026-03-02T20:30:00.000Z', morning]] : [],
      ]);
    }
  });

  it('folded into the wait before, of a send that was taken long after: the deferral is logged when it was taken', () => {
    const DAY = 24 * 60 * 60 * 1000;
    const reached = at('2026-03-02T20:30:00Z');
    for (const [late, loggedAt] of [
      [8 * DAY, reached],
      [8 * DAY + 1, addMillis(reached, 8 * DAY + 1)],
    ] as const) {
      const night = letter('night', null, { quietHours: NIGHT, expires: '30 days' });
      const ada = new Bench([manifest('journey', 'Signed Up', { rest: pause('10 hours', 'night'), night })]);
      ada.wait(at('2026-03-02T10:30:00Z'));
      ada.identify(EMAIL);
      ada.event('Signed Up');
      ada.wait(addMillis(reached, late));
      ada.send('night', { reached: ada.now });
      expect(ada.log.find(({ kind }) => kind === 'defers')?.at).toBe(loggedAt);
    }
  });
});

describe('expiry', () => {
  it.each([
    ['1 hour', 60 * 60_000, 'claim'],
    ['1 hour', 60 * 60_000 + 1, 'plan'],
    ['2026-03-02T10:30:00.000Z', 30 * 60_000, 'claim'],
    ['2026-03-02T10:30:00.000Z', 30 * 60_000 + 1, 'plan'],
  ])('%s after reaching the step, tried after %i ms', (expires, later, kind) => {
    const ada = before({ expires }, EMAIL, { rest: pause('1 hour', null) });
    const reached = ada.now;
    ada.wait(later);
    expect(ada.send('hello', { reached }).kind).toBe(kind);
    expect(ada.told('skips')).toEqual(kind === 'claim' ? [] : ['skips hello email expired']);
  });
});

describe('claims', () => {
  it('one that did not come back is in doubt and not sent again; the answer that comes after all resolves it', () => {
    const ada = before({}, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    expect(ada.send('hello', { attempt: 1 }).kind).toBe('plan');
    expect(ada.document.sends[0]?.state).toBe('unknown');
    ada.sent('hello', 'accepted');
    expect(ada.document.sends[0]?.state).toBe('accepted');
    expect(ada.told('sends')).toEqual(['sends hello email unknown']);
  });

  it('a report of the provider resolves the doubt', () => {
    const ada = before({}, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    ada.sent('hello', 'unknown');
    ada.event('Message Delivered', { send: ada.document.sends[0]?.key });
    expect(ada.document.sends[0]).toMatchObject({ state: 'accepted', reports: { delivered: ada.now } });
  });

  it('one that has grown old decides again: sent, put off, or given back', () => {
    const again = before({});
    again.send('hello');
    expect(again.send('hello', { unsent: true })).toMatchObject({ kind: 'claim' });
    // Meanwhile it has become evening. It has surely not been sent, so it is not in doubt in the morning either.
    const evening = before({ quietHours: NIGHT });
    evening.send('hello');
    evening.wait(at('2026-03-02T20:30:00Z'));
    expect(evening.send('hello', { unsent: true })).toMatchObject({ name: 'Deferred' });
    evening.wait(at('2026-03-03T07:00:00Z'));
    expect(evening.send('hello')).toMatchObject({ kind: 'claim' });
    const over = before({ caps: [{ most: 1, of: 'all' }] });
    over.send('hello');
    over.decide({ kind: 'execution ended', run: over.sendCall('hello').run, status: 'aborted' });
    expect(over.send('hello', { unsent: true })).toMatchObject({ name: 'RunEnded' });
    expect(over.document).toMatchObject({ sends: [], sentForLife: { all: 0 } });
  });

  it('what the provider says is recorded even where the run has ended meanwhile', () => {
    for (const [answer, state] of [
      ['accepted', 'accepted'],
      ['refused', 'failed'],
      ['unknown', 'unknown'],
    ] as const) {
      const ada = before({});
      ada.send('hello');
      ada.decide({ kind: 'execution ended', run: ada.sendCall('hello').run, status: 'aborted' });
      expect(ada.sent('hello', answer)).toMatchObject({ name: 'RunEnded' });
      expect(ada.document.sends.map((send) => send.state)).toEqual([state]);
    }
  });
});
