// What logs tell of an error: where it was thrown, and nothing of what its message quotes.
import { describe, expect, it } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { whatFailed } from '#lib/runtime/what-failed.ts';

const ADA = 'ada@example.com';

/** What JSON says of a text that is none quotes it, line breaks included. */
function parsing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

describe('what is told of an error', () => {
  it('of others: its name and the places that it came through', () => {
    const told = whatFailed(parsing('{'));
    expect(told).toMatchObject({ fault: 'SyntaxError' });
    expect(told.at?.[0]).toMatch(/what-failed\.test\.ts:\d+:\d+\)?$/);
  });

  it.each([
    ['JSON quotes', parsing(`\n    at ${ADA}`)],
    ['looks like a frame', new Error(`no\n    at ${ADA} (/home/${ADA}:1:1)\n    at file:///${ADA}:1:1`)],
    [
      'was another when it was thrown',
      Object.assign(new Error('no'), { stack: `Error: yes\n    at ${ADA}\n  at ada` }),
    ],
    ['is all there is of a stack', Object.assign(new Error(ADA), { stack: `Error: ${ADA}` })],
  ])('never a message that %s', (_, error) => {
    expect(JSON.stringify(whatFailed(error))).not.toContain('ada');
  });

  it('of our own: its words, which hold no values', () => {
    const told = whatFailed(new Fault('BusUnavailable', 'the bus did not take an event'));
    expect(told).toEqual({ fault: 'BusUnavailable', reason: 'the bus did not take an event' });
  });
});
