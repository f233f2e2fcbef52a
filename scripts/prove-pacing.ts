// `npm run prove:pacing [customers]`: everybody's message is due at nine, on a channel of one a second. Nothing fails, nobody is asked
// again and again, and it is fair; what would come too late is skipped as `expired`. Exit code 1 where one of these is not so.
import { rmSync } from 'node:fs';
import process from 'node:process';
import { shopOfOneJourney, writeStream } from './prove-pacing/crowd.ts';
import { measure, type Pace } from './prove-pacing/measure.ts';

const DAY_SECONDS = 24 * 60 * 60;

const customers = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(customers) || customers < 1) {
  console.log('how many customers? For example: npm run prove:pacing 20000');
  process.exit(1);
}
const events = writeStream(customers);
const wrong: string[] = [];
console.log(`${customers.toLocaleString('en')} messages due at 09:00, one a second`);
for (const expires of ['1 day', '3 days']) {
  const pace = await measure(events, shopOfOneJourney(expires));
  const days = Number(expires.slice(0, 1));
  // The last second of the day counts: what is due at nine may go out at nine of the next day.
  const inTime = Math.min(customers, days * DAY_SECONDS + 1);
  print(expires, pace);
  const expect = (what: string, is: number, wanted: number): void => {
    if (is !== wanted) wrong.push(`${expires}: ${what} is ${is}, not ${wanted}`);
  };
  expect('sent', pace.sent, inTime);
  expect('expired', pace.expired, customers - inTime);
  expect('failed runs', pace.failed, 0);
  expect('calls of the provider', pace.sent, pace.calls);
  expect('most waits for a turn of one message', pace.mostWaits, Math.min(1, customers - 1));
  expect('most messages in a second', pace.mostInASecond, 1);
  expect('messages that overtook another', pace.overtakers, 0);
  // A wait and a send for each, and two for each that had to wait.
  expect('transitions', pace.transitions, customers * 2 + pace.waited * 2);
}
rmSync(events);
for (const one of wrong) console.log(`wrong: ${one}`);
if (wrong.length > 0) process.exitCode = 1;

function print(expires: string, pace: Pace): void {
  console.log(`\nexpires after ${expires}`);
  console.log(
    `  sent         ${figure(pace.sent)}, the last ${pace.last.slice(0, 19).replace('T', ' ')} UTC`,
  );
  console.log(`  expired      ${figure(pace.expired)}`);
  console.log(`  failed       ${figure(pace.failed)}`);
  console.log(`  waited       ${figure(pace.waited)}, at most ${pace.mostWaits} time each`);
  console.log(`  transitions  ${figure(pace.transitions)}, calls of the provider ${figure(pace.calls)}`);
  console.log(`  ${pace.seconds.toFixed(1)} s, at most ${figure(Math.round(pace.megabytes))} MB`);
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
