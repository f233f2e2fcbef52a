import { expect, it } from 'vitest';
import { countedEvents } from '#lib/compiler/counted-events.ts';
import { manifest, pause } from '../laws/world/journeys.ts';

it('what a journey counts is what its conditions ask for, and those of the segments that it refers to', () => {
  const journey = manifest(
    'journey',
    { event: 'Signed Up', where: { not: { did: 'Ordered', atLeast: 2 } }, reentry: { mode: 'never' } },
    { rest: pause('1 day', null) },
    { exits: [{ leaves: 'active', reason: 'asleep' }] },
  );
  const segments = [
    { id: 'active', when: { any: [{ did: 'Viewed', within: '3 days' }, { segment: 'loyal' }] } },
    { id: 'loyal', when: { all: [{ did: 'Ordered' }, { did: 'Reviewed' }] } },
    { id: 'others', when: { did: 'Returned' } },
  ];
  expect(countedEvents(journey, segments)).toEqual(['Ordered', 'Reviewed', 'Viewed']);
});
