// What the rules of the bus do not pass makes no difference where it comes all the same, in a play or by a rule of an older deployment.
import { expect, it } from 'vitest';
import { letter, manifest } from '../laws/world/journeys.ts';
import { Bench } from './bench.ts';

const welcome = manifest('welcome', 'Signed Up', { hello: letter('hello', null) });

it('an event that nothing listens to makes nobody known', () => {
  const ada = new Bench([welcome]);
  ada.event('Page Scrolled');
  expect(ada.document.revision).toBe(0);
  ada.event('Signed Up');
  expect(ada.document.revision).toBe(1);
});

it('consent is heard though no journey listens to it', () => {
  const ada = new Bench([welcome]);
  ada.event('Consent Changed', { topic: 'news', granted: true });
  expect(ada.document.consent['news']?.['email']?.granted).toBe(true);
});
