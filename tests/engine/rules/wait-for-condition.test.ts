// Waits that end as soon as something is true, and what an event that ends a wait leaves behind.
import { describe, expect, it } from 'vitest';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { awaiting, letter, manifest } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

const thanks = letter('thanks', null);
const silent = letter('silent', null);

function untilTrue(condition: unknown, more: Partial<NodeOf<'waitFor'>> = {}): NodeOf<'waitFor'> {
  return {
    kind: 'waitFor',
    within: '2 days',
    since: 'step',
    events: [],
    when: { condition, next: 'thanks' },
    otherwise: 'silent',
    ...more,
  };
}

function entered(wait: FlowNode, traits: Record<string, unknown> = {}): Bench {
  const ada = new Bench([manifest('journey', 'Signed Up', { wait, thanks, silent })]);
  ada.identify({ email: 'ada@example.com', ...traits });
  ada.minutes(1);
  ada.event('Signed Up');
  return ada;
}

describe('a condition', () => {
  it('that is true already ends the wait at once, as soon as its Task has registered', () => {
    const ada = entered(untilTrue({ 'profile.plan': 'gold' }), { plan: 'gold' });
    expect(ada.told('takes')).toEqual(['takes wait when']);
    ada.register('wait', { until: at('2026-03-04T10:01:00Z'), since: ada.now });
    expect(ada.run).toMatchObject({ phase: 'waking', won: { arm: 0, token: 'token' } });
  });

  it('that becomes true by a trait ends it then, and wakes the execution', () => {
    const ada = entered(untilTrue({ 'profile.plan': 'gold' }));
    ada.register('wait');
    ada.minutes(5);
    ada.identify({ plan: 'basic' });
    expect(ada.run.phase).toBe('running');
    ada.minutes(5);
    ada.identify({ plan: 'gold' });
    expect(ada.run).toMatchObject({ phase: 'waking', won: { arm: 0 } });
    expect(ada.log.find(({ kind }) => kind === 'takes')?.because).toContain('gold');
  });

  it('that becomes true by a report of a send ends it', () => {
    const ada = new Bench([
      manifest('journey', 'Signed Up', {
        hello: letter('hello', 'wait'),
        wait: untilTrue({ send: 'hello', was: 'clicked' }),
        thanks,
        silent,
      }),
    ]);
    ada.identify({ email: 'ada@example.com' });
    ada.event('Signed Up');
    ada.send('hello');
    ada.sent('hello');
    ada.register('wait');
    ada.minutes(5);
    ada.event('Message Opened', { message: 'hello' });
    expect(ada.told('takes')).toEqual([]);
    ada.event('Message Clicked', { message: 'hello' });
    expect(ada.told('takes')).toEqual(['takes wait when']);
  });

  it('that time alone makes true ends it at that instant, and the document is due then', () => {
    const ada = entered(untilTrue({ 'profile.renewsOn': { 'within next': '1 day' } }), {
      renewsOn: '2026-03-04T08:00:00Z',
    });
    ada.register('wait');
    expect(ada.document.due).toBe('2026-03-03T08:00:00.001Z');
    ada.wait(at('2026-03-03T09:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(ada.log.at(-1)).toMatchObject({ kind: 'takes', step: 'wait', at: '2026-03-03T08:00:00.001Z' });
  });

  it('that becomes true when time is up does not count: the time-out is taken', () => {
    const ada = entered(untilTrue({ 'profile.plan': 'gold' }));
    ada.register('wait');
    ada.wait(at('2026-03-04T10:01:00Z'));
    ada.identify({ plan: 'gold' });
    expect(ada.send('silent', { settle: { step: 'wait', visit: 1 } })).toMatchObject({ kind: 'claim' });
    expect(ada.told('takes')).toEqual(['takes wait time is up']);
  });

  it('that became true just before the end, but is told after it, counts, and the time-out is sent back', () => {
    const ada = entered(untilTrue({ 'profile.plan': 'gold' }));
    ada.register('wait');
    ada.wait(at('2026-03-04T10:01:00.300Z'));
    ada.identify({ plan: 'gold' }, { at: at('2026-03-04T10:00:59.999Z') });
    expect(ada.send('silent', { settle: { step: 'wait', visit: 1 } })).toMatchObject({ name: 'Arm.0' });
  });

  it('ends a wait until a date that is past only where it is true already', () => {
    const past = { within: undefined, date: { of: 'profile.renewsOn' } };
    const gold = entered(untilTrue({ 'profile.plan': 'gold' }, past), { plan: 'gold' });
    expect(gold.told('takes')).toEqual(['takes wait when']);
    const basic = entered(untilTrue({ 'profile.plan': 'gold' }, past), { plan: 'basic' });
    basic.register('wait');
    basic.wait(2000);
    basic.send('silent', { settle: { step: 'wait', visit: 1 } });
    expect(basic.told('takes')).toEqual(['takes wait time is up']);
  });
});

describe('saveAs', () => {
  const which: FlowNode = {
    kind: 'branch',
    cases: [{ name: 'large', when: { 'saved.order.total': { gte: 100 } }, next: 'thanks' }],
    otherwise: 'silent',
  };
  const wait = { ...awaiting('2 days', [['Ordered', 'which']], 'silent'), saveAs: 'order' };

  function ordering(since = 'step'): Bench {
    const ada = new Bench([
      manifest('journey', 'Signed Up', {
        first: letter('first', 'wait'),
        wait: { ...wait, since },
        which,
        thanks,
        silent,
      }),
    ]);
    ada.identify({ email: 'ada@example.com' });
    ada.event('Signed Up');
    return ada;
  }

  it('keeps of the event what the version refers to, before the next step is decided', () => {
    const ada = ordering();
    ada.send('first');
    ada.sent('first');
    ada.register('wait');
    ada.minutes(1);
    ada.event('Ordered', { total: 120, card: '4111' });
    expect(ada.run.saved).toEqual({ order: { total: 120 } });
    expect(ada.told('takes')).toEqual(['takes wait Ordered', 'takes which large']);
  });

  it('also of an event that came before the wait', () => {
    const ada = ordering('entry');
    ada.minutes(1);
    ada.event('Ordered', { total: 20, card: '4111' });
    expect(JSON.stringify(ada.document.runs)).not.toContain('4111');
    ada.send('first');
    ada.sent('first');
    ada.register('wait');
    expect(ada.run.saved).toEqual({ order: { total: 20 } });
    expect(ada.told('takes')).toEqual(['takes wait Ordered', 'takes which otherwise']);
  });

  it('of an event that came before the wait without what is too large to be remembered, and says so', () => {
    const ada = ordering('entry');
    ada.minutes(1);
    // Two thousand and forty-eight characters of JSON are kept, quotation marks included.
    ada.event('Ordered', { total: 'x'.repeat(2046), card: 'x'.repeat(5000) });
    expect(ada.told('ignores')).toEqual([]);
    const ben = ordering('entry');
    ben.minutes(1);
    ben.event('Ordered', { total: 'x'.repeat(2047) });
    for (const one of [ada, ben]) {
      one.send('first');
      one.sent('first');
      one.register('wait');
    }
    expect(ada.run.saved).toEqual({ order: { total: 'x'.repeat(2046) } });
    expect(ada.told('ignores')).toEqual([]);
    expect(ben.run.saved).toEqual({ order: {} });
    expect(ben.told('ignores')).toEqual(['ignores too large to keep: order.total']);
  });
});
