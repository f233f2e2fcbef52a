// What the steps of a goal may be, and what is without effect in a journey that is paused or retired.
import { describe, expect, test } from 'vitest';
import { changed, readJourneys } from './good-journey.ts';

const told = (values: Readonly<Record<string, unknown>>): string[] =>
  readJourneys({ 'sample.json': changed(values) }).diagnostics.map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );

const THANKS = { id: 'thanks', type: 'send', message: 'need-help', channel: 'email' };

describe('the steps of a goal', () => {
  test('may be of every kind, loops among themselves included', () => {
    const then = [
      THANKS,
      { id: 'rest', type: 'wait', for: '3 days' },
      { type: 'goto', step: 'thanks', atMost: 2 },
    ];
    expect(told({ '/goal/then': then })).toEqual([]);
  });

  test('are linked behind the goal, and end with it', () => {
    const [journey] = readJourneys({ 'sample.json': changed({ '/goal/then': [THANKS] }) }).journeys;
    const { goal, flow } = journey?.manifest ?? {};
    expect(goal?.start).toBe('thanks');
    expect(flow?.nodes['thanks']).toMatchObject({ kind: 'send', next: '(goal end) (exit)' });
    expect(flow?.nodes['(goal end) (exit)']).toEqual({ kind: 'exit', reason: 'goal' });
  });

  test('are checked as all steps are', () => {
    expect(told({ '/goal/then': [{ ...THANKS, message: 'need-hlep' }] })).toEqual([
      'unknown-message /goal/then/0/message',
    ]);
    expect(told({ '/goal/then': [THANKS, { type: 'goto', step: 'thanks' }] })).toEqual([
      'loop-without-bound /goal/then/1',
    ]);
  });
});

describe('what a pause does', () => {
  test.each(['live', 'paused', 'draft'])('may be written in a journey that is %s', (status) => {
    expect(told({ '/status': status, '/whilePaused': 'drop' })).toEqual([]);
  });

  test('is without effect in one that is retired', () => {
    expect(told({ '/status': 'retired', '/whilePaused': 'drop' })).toEqual(['without-effect /whilePaused']);
  });
});
