import { expect, it } from 'vitest';
import { timeToStart, timeToWakeByEvent, timeToWakeByTime } from '../../../scripts/costs/capacity.ts';

const QUOTAS = { starts: 200, openExecutions: 1_000_000, transitions: 5000, wakes: 500, emails: 14 };
const million = { customers: 1_000_000, transitions: 1, emails: 0 };

it('a million customers are started in 83 minutes at 200 a second, as the page on reaching everybody says', () => {
  expect(timeToStart(million, QUOTAS)).toMatchObject({ narrowest: 'StartExecution', tooManyOpen: false });
  expect(timeToStart(million, QUOTAS).seconds / 60).toBeCloseTo(83.3, 1);
});

it('a million who wake at nine with five states each take 17 minutes at 5,000 transitions a second', () => {
  const passage = timeToWakeByTime({ ...million, transitions: 5 }, QUOTAS);
  expect(passage.narrowest).toBe('state transitions');
  expect(passage.seconds / 60).toBeCloseTo(16.7, 1);
});

it('what is narrowest decides: answers to waits, or e-mails where each gets one', () => {
  expect(timeToWakeByEvent(million, QUOTAS).narrowest).toBe('SendTaskSuccess');
  expect(timeToWakeByEvent({ ...million, emails: 1 }, QUOTAS).narrowest).toBe('e-mails');
});

it('more than may be open at once is said', () => {
  expect(timeToStart({ ...million, customers: 1_000_001 }, QUOTAS).tooManyOpen).toBe(true);
});
