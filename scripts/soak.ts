// `npm run soak`: the local cloud under a steady stream of events over virtual days, in a process of its own, by the clients of AWS. Exit code
// 1 where memory grows beyond the data, something dies or is left, or, with --kill, something that was acknowledged is lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { percentile } from './soak/latency.ts';
import { readLives } from './soak/lives.ts';
import { judgeMemory } from './soak/memory-rule.ts';
import { compareProfiles } from './soak/compare-profiles.ts';
import { figureLines, memoryLines, sampleLine, titleLine } from './soak/report.ts';
import { runSoak } from './soak/run-soak.ts';
import { takenMessages } from './soak/taken-messages.ts';

const USAGE = `Usage: npm run soak -- [options]
  --minutes <n>    how long events come (10)
  --rate <n>       events a second (50)
  --customers <n>  how many there are when 40 of 100 of the time are over; from then on no new ones (1000)
  --speed <n>      seconds of the business for each real one (1440: a day a minute)
  --kill           kill the process at random moments, start it again, and compare the books at the end
  --data <dir>     keep everything there; with --kill, a folder of its own unless it is told one (it has to be empty)
  --seed <n>       of what is random (1)
  --port <n>       of the page; the services are at the next one (4480)`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '50' },
    customers: { type: 'string', default: '1000' },
    speed: { type: 'string', default: '1440' },
    kill: { type: 'boolean', default: false },
    data: { type: 'string' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4480' },
    help: { type: 'boolean', default: false },
  },
});
const [minutes, rate, customers, speed, seed, port] = [
  values.minutes,
  values.rate,
  values.customers,
  values.speed,
  values.seed,
  values.port,
].map(Number);
const isUsable = [minutes, rate, customers, speed, seed, port].every((one) => one !== undefined && one > 0);
if (values.help || !isUsable) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

// Ends what was started as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const own = values.kill && values.data === undefined ? mkdtempSync(join(tmpdir(), 'wend-soak-')) : undefined;
const data = values.data === undefined ? own : resolve(values.data);
console.log(titleLine());
const soak = await runSoak({
  minutes: minutes ?? 10,
  rate: rate ?? 50,
  customers: customers ?? 1000,
  speed: speed ?? 1440,
  seed: seed ?? 1,
  port: port ?? 4480,
  data,
  isKilled: values.kill,
  lives: await readLives(resolve(import.meta.dirname, '../workspace/events/sample.jsonl.gz')),
  onSample: (sample) => console.log(sampleLine(sample)),
  onNotice: (text) => console.log(text),
});
const broken: string[] = [];
console.log(`\n${figureLines(soak).join('\n')}`);
if (soak.drainSeconds === undefined) broken.push('the queues do not run empty');
if ((soak.samples.at(-1)?.deadLetters ?? 0) > 0) broken.push('there are dead letters');

const { cloud, clients, ledger, samples } = soak;
const compared = await compareProfiles(clients, ledger, soak.stoppedAt);
broken.push(...compared.broken);
console.log(
  `profiles          ${compared.customers} customers with ${compared.orders} orders compared, ${compared.broken.length} differences`,
);
const late = compared.waits;
console.log(
  `waits             ${late.length} ended by time, ${(percentile(late, 50) / 60_000).toFixed(1)} minutes of the business late in the median, ${(percentile(late, 95) / 60_000).toFixed(1)} for 95 of 100`,
);
if (!values.kill) {
  const verdict = judgeMemory(samples.filter((one) => one.customers === samples.at(-1)?.customers));
  console.log(memoryLines(verdict).join('\n'));
  if (!verdict.isKept) broken.push('memory has grown beyond what is kept');
}
clients.close();
await cloud.stop();
if (data !== undefined) {
  const taken = await takenMessages(data);
  const twice = [...compared.marketing].filter((key) => (taken.get(key)?.size ?? 0) > 1);
  console.log(
    `messages          ${taken.size} taken, ${compared.marketing.size} of them marketing, ${twice.length} twice`,
  );
  broken.push(...twice.map((key) => `the marketing message ${key} was sent twice`));
}
if (own !== undefined && broken.length === 0) rmSync(own, { recursive: true });
const most = 20;
for (const one of broken.slice(0, most)) console.log(`broken: ${one}`);
if (broken.length > most) console.log(`… and ${broken.length - most} more`);
if (broken.length > 0 && data !== undefined) console.log(`What was kept is in ${data}.`);
console.log(broken.length === 0 ? 'kept' : 'broken');
process.exitCode = broken.length === 0 ? 0 : 1;
