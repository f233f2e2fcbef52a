// Who is let into a journey that is paused or retired: nobody, and it is counted.
import { describe, expect, it } from 'vitest';
import { manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const HOUR = 60 * 60 * 1000;

function inside(): Bench {
  const journey = manifest(
    'journey',
    { event: 'Signed Up', reentry: { mode: 'always' } },
    { rest: pause('1 hour', null) },
  );
  return new Bench([journey]);
}

describe('a journey that is not live', () => {
  it.each(['paused', 'retired'] as const)('lets nobody in while it is %s, and says so', (status) => {
    const ada = inside();
    ada.setStatus('journey', { status, whilePaused: 'drain' });
    ada.event('Signed Up');
    ada.wait(HOUR);
    ada.setStatus('journey', { status: 'live', whilePaused: 'drain' });
    ada.event('Signed Up');
    expect(ada.told('enters', 'refuses')).toEqual([`refuses ${status}`, 'enters']);
  });
});
