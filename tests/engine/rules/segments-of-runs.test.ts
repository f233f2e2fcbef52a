// Segments that ask about runs: whoever is let in or ends is a member from that decision on, and waits hear of it in it.
import { describe, expect, it } from 'vitest';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

const INSIDE = { id: 'inside', when: { inJourney: 'course' } };

describe('segments that ask about runs', () => {
  it('end a wait for a condition in the very decision that moves the customer', () => {
    const course = manifest('course', 'Signed Up', { rest: pause('9 days', null) });
    const condition = { segment: 'inside' };
    const watcher = manifest('watcher', 'Looked', {
      until: {
        kind: 'waitFor',
        within: '5 days',
        since: 'step',
        events: [],
        when: { condition, next: null },
        otherwise: 'late',
      },
      late: letter('late', null),
    });
    const ada = new Bench([course, watcher]);
    ada.define([INSIDE]);
    ada.identify(EMAIL);
    ada.event('Looked');
    ada.register('until');
    ada.event('Signed Up');
    expect(ada.told('joins', 'takes')).toEqual(['joins inside', 'takes until when']);
  });

  it('change at the instant at which time lets in, however late somebody looks', () => {
    const course = manifest(
      'course',
      { trigger: { kind: 'date', of: 'profile.renewal' }, reentry: { mode: 'always' } },
      { rest: pause('9 days', null) },
    );
    const since = [0, 5].map((late) => {
      const ada = new Bench([course]);
      ada.define([INSIDE]);
      ada.identify({ renewal: '2026-03-04T09:00:00Z' });
      ada.wait(ada.document.due ?? ada.now);
      ada.minutes(late);
      ada.decide({ kind: 'time' });
      return ada.document.segments['inside'];
    });
    expect(since).toEqual(['2026-03-04T09:00:00.000Z', '2026-03-04T09:00:00.000Z']);
  });
});
