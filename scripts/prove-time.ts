// `npm run prove:time`: compares the engine's reckoning of time with an oracle that shares no code with it, over every
// IANA zone and every change of the clocks from 2024 to 2040. Exit code 1 if an answer is wrong or nothing was compared.
import process from 'node:process';
import { proveZones } from './prove-time/prove-zones.ts';
import { engine } from './prove-time/subject.ts';

const started = performance.now();
const zones = Intl.supportedValuesOf('timeZone');
const proof = proveZones(engine, zones, (done) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${zones.length} zones`);
});
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');

const total = proof.tally.total();
console.log(`tz database       ${process.versions['tz']} (Node ${process.versions.node})`);
console.log(
  `zones             ${proof.zones}, of which ${proof.zonesWithoutChange} never change their clocks`,
);
console.log(`clock changes     ${proof.changes}, 2024 to 2040`);
console.log('');
console.log(`${'function'.padEnd(20)}${'cases'.padStart(12)}${'wrong'.padStart(10)}`);
for (const [name, { cases, wrong }] of [...proof.tally.counts, ['total', total] as const])
  console.log(
    `${name.padEnd(20)}${cases.toLocaleString('en').padStart(12)}${wrong.toLocaleString('en').padStart(10)}`,
  );
console.log('');
for (const wrongAnswer of proof.tally.wrongAnswers) console.log(`wrong: ${wrongAnswer}`);
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);

const asked = Object.keys(engine).every((name) => (proof.tally.counts.get(name)?.cases ?? 0) > 0);
if (!asked || proof.changes === 0)
  console.log('failed: a function was never asked, or no clock ever changed');
if (!asked || proof.changes === 0 || total.wrong > 0) process.exitCode = 1;
