// What one event may do, and how events of the product itself are told apart.
import { describe, expect, it } from 'vitest';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

const CONSENT = { topic: 'updates', channel: 'email', granted: true };

describe('an event that ends a wait', () => {
  it('does not end the next one as well, though both begin at its own instant', () => {
    const ada = new Bench([
      manifest('twice', 'Signed Up', {
        one: awaiting('1 day', [['Clicked', 'two']], null),
        two: awaiting('1 day', [['Clicked', null]], null),
      }),
    ]);
    ada.event('Signed Up');
    ada.register('one');
    ada.event('Clicked', {}, { id: 'click' });
    ada.register('two', { since: ada.now, until: at('2026-03-03T10:00:00Z') });
    expect(ada.told('takes')).toEqual(['takes one Clicked']);
    ada.event('Clicked', {}, { id: 'another' });
    ada.register('two', { since: ada.now, until: at('2026-03-03T10:00:00Z') });
    expect(ada.told('takes')).toEqual(['takes one Clicked', 'takes two Clicked']);
  });
});

describe('built-in events about messages', () => {
  it('of two sends of one run each let a run in', () => {
    const ada = new Bench([
      manifest('letters', 'Signed Up', { first: letter('first', 'second'), second: letter('second', null) }),
      manifest(
        'echo',
        { event: 'Message Sent', reentry: { mode: 'always' } },
        { rest: pause('9 days', null) },
      ),
    ]);
    ada.identify(EMAIL);
    ada.event('Consent Changed', CONSENT);
    ada.event('Signed Up');
    const run = ada.run;
    for (const step of ['first', 'second']) {
      expect(run).toBeDefined();
      ada.send(step);
      ada.sent(step);
    }
    expect(Object.values(ada.document.runs).filter(({ journey }) => journey === 'echo')).toHaveLength(2);
  });
});

describe('an unsubscribe', () => {
  it('that names its message only is about the topic and channel of that message', () => {
    const ada = new Bench([manifest('letters', 'Signed Up', { first: letter('first', null) })]);
    ada.identify(EMAIL);
    ada.event('Consent Changed', CONSENT);
    ada.event('Signed Up');
    ada.send('first');
    ada.sent('first');
    ada.event('Message Unsubscribed', { message: 'first' });
    expect(ada.document.consent['updates']?.['email']?.granted).toBe(false);
  });

  it('that names nothing we know is about everything', () => {
    const ada = new Bench([manifest('letters', 'Signed Up', { first: letter('first', null) })]);
    ada.event('Consent Changed', CONSENT);
    ada.event('Message Unsubscribed', { message: 'long ago' }, { at: at('2026-03-02T10:00:00Z') });
    expect(ada.document.consent['*']?.['*']?.granted).toBe(false);
  });
});

describe('re-entry written differently tomorrow', () => {
  it('"never" knows of entries from before it was written', () => {
    const nodes = { rest: pause('1 day', null) };
    const ada = new Bench([
      manifest('course', { event: 'Signed Up', reentry: { mode: 'after exit' } }, nodes),
    ]);
    ada.event('Signed Up');
    ada.now = at('2026-03-03T10:00:00Z');
    ada.plan(null);
    ada.deploy([manifest('course', { event: 'Signed Up', reentry: { mode: 'never' } }, nodes)]);
    ada.event('Signed Up');
    expect(ada.told('refuses')).toEqual(['refuses entered before']);
  });
});
