// What the breaker holds of a journey that also sends what customers wait for: its marketing, and nothing else.
import { describe, expect, it } from 'vitest';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

/** An order is confirmed, and an hour later something that goes with it is offered. */
const ORDER = manifest(
  'order',
  { event: 'Order Completed', reentry: { mode: 'always' } },
  {
    confirm: letter('confirm', 'rest', { class: 'transactional' }),
    rest: pause('1 hour', 'offer'),
    offer: letter('offer', 'end', { expires: '5 days' }),
    end: pause('1 day', null),
  },
);

function ordered(): Bench {
  const ada = new Bench([ORDER]);
  ada.identify(EMAIL);
  ada.trip('order');
  ada.event('Order Completed');
  return ada;
}

function confirmed(): Bench {
  const ada = ordered();
  ada.send('confirm');
  ada.sent('confirm');
  ada.minutes(60);
  return ada;
}

describe('a journey with transactional messages that the breaker has tripped', () => {
  it('lets customers in and confirms their orders', () => {
    const ada = ordered();
    expect(ada.told('enters', 'refuses')).toEqual(['enters']);
    expect(ada.send('confirm')).toMatchObject({ kind: 'claim' });
    expect(ada.sent('confirm')).toMatchObject({ kind: 'plan' });
  });

  it('holds its marketing, until somebody lets it go on', () => {
    const ada = confirmed();
    expect(ada.send('offer')).toMatchObject({ kind: 'leave', name: 'Held' });
    expect(ada.told('holds')).toEqual(['holds offer paused']);
    // Whatever happens meanwhile leaves it where it is.
    ada.event('Something Else');
    expect(ada.run.phase).toBe('held');
    ada.trip('order', false);
    ada.event('Something Else');
    expect(ada.run).toMatchObject({ phase: 'moving', at: 'offer' });
  });

  it('of marketing alone is held whole: nobody enters it', () => {
    const ada = new Bench([manifest('sale', 'Signed Up', { offer: letter('offer', null) })]);
    ada.identify(EMAIL);
    ada.trip('sale');
    ada.event('Signed Up');
    expect(ada.told()).toEqual(['refuses paused']);
  });

  it('is held as a whole where its file says that it is paused', () => {
    const ada = new Bench([ORDER]);
    ada.identify(EMAIL);
    ada.setStatus('order', { status: 'paused', whilePaused: 'hold' });
    ada.trip('order');
    ada.event('Order Completed');
    expect(ada.told()).toEqual(['refuses paused']);
  });
});
