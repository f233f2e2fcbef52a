// `npm run prove:delivery`: ten thousand schedules of concurrent events, sends, crashes and provider faults, each following from a number;
// none may break P2, P3 or P4. Then the same search over protocols that are broken on purpose: each has to be noticed. Exit code 1 if a
// promise is broken, if something that should have put the protocol to the test never happened, or if a broken protocol passes.
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { BROKEN_PROTOCOLS } from '../tests/laws/fault-injection/broken-protocols.ts';
import { COUNTED } from '../tests/laws/fault-injection/judge.ts';
import { firstViolation, joined } from '../tests/laws/fault-injection/search.ts';
import { searchInThread } from './prove-delivery/threads.ts';

/** Within so many schedules each broken protocol has to be noticed. */
const NOTICED_WITHIN = 200;

const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' } },
});
const [schedules, from] = [Number(values.schedules), Number(values.from)];
if (!Number.isSafeInteger(schedules) || schedules < 1 || !Number.isSafeInteger(from) || from < 0) {
  console.error('--schedules and --from must be whole numbers, such as --schedules 10000 --from 0.');
  process.exit(2);
}

const started = performance.now();
const threads = Math.min(availableParallelism(), schedules);
const share = Math.ceil(schedules / threads);
let played = 0;
const searches = await Promise.all(
  Array.from({ length: threads }, (_, thread) =>
    searchInThread(from + thread * share, Math.min(from + (thread + 1) * share, from + schedules), (more) => {
      played += more;
      if (process.stderr.isTTY) process.stderr.write(`\r${played} of ${schedules} schedules`);
    }),
  ),
);
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
const { violations, counts } = joined(searches);
const seconds = (performance.now() - started) / 1000;

console.log(`${schedules.toLocaleString('en')} schedules in ${seconds.toFixed(1)} s, ${threads} threads\n`);
for (const name of COUNTED)
  console.log(`${name.padEnd(52)}${counts[name].toLocaleString('en').padStart(10)}`);
console.log('');
for (const promise of ['P2', 'P3', 'P4', 'ledger'] as const)
  console.log(
    `${promise.padEnd(8)}${violations.filter((one) => one.promise === promise).length.toLocaleString('en')} violations`,
  );
for (const { seed, promise, what } of violations.slice(0, 20))
  console.log(`  ${promise} in schedule ${seed} (--from ${seed} --schedules 1): ${what}`);

const untried = COUNTED.filter((name) => counts[name] === 0);
if (untried.length > 0) console.log(`\nNothing is proven: there was no case of ${untried.join(', ')}.`);

console.log(`\n${'broken on purpose'.padEnd(40)}noticed by`);
const unnoticed: string[] = [];
for (const [name, protocol] of Object.entries(BROKEN_PROTOCOLS)) {
  const violation = await firstViolation(protocol, NOTICED_WITHIN);
  if (violation === undefined) unnoticed.push(name);
  console.log(
    `${name.padEnd(40)}${violation === undefined ? `nothing in ${NOTICED_WITHIN} schedules` : `schedule ${violation.schedules}, ${violation.promise}`}`,
  );
}
if (violations.length > 0 || untried.length > 0 || unnoticed.length > 0) process.exitCode = 1;
