// A process of its own, to be killed: the local cloud of an assembly, at a day a minute, with everything kept in a folder.
import { openLaptopCloud } from '#lib/laptop/open-laptop-cloud.ts';
import { deploymentName } from '#lib/contracts/deployment-names.ts';
import { readStackAssembly } from '#lib/local/deployment/assembly.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

const [assembly = '', data = '', port = '', paused] = process.argv.slice(2);
const environment = 'test';
const cloud = await openLaptopCloud({
  environment,
  assembly: readStackAssembly(assembly, deploymentName(environment)),
  port: Number(port),
  speed: 1440,
  isPaused: paused === 'paused',
  data,
  codeCache: `${data}-compiled`,
  chaos: undefined,
  begin: Date.parse('2026-03-02T09:00:00Z'),
  isLifeLike: false,
  timers: SYSTEM_TIMERS,
  random: Math.random,
  onLine: ({ level, source, text }) => process.stderr.write(`${level} ${source} ${text}\n`),
});
cloud.flow();
const { running } = cloud;
// Lets time stand where it is told to, or where it is.
process.on('message', (instant: string) => {
  const stand = async (): Promise<void> => {
    running.clock.pause();
    if (instant !== '') await running.clock.jumpTo(Date.parse(instant));
    process.send?.({
      now: running.clock.now(),
      atWork: atWork(),
      running: running.executions.running().map(({ arn }) => arn),
    });
  };
  void stand();
});
process.send?.({ region: running.region, deployment: running.deployment, endpoint: running.endpoint });

/** Messages that wait for somebody, and calls that are made. */
function atWork(): number {
  const queues = running.operations.queues().map((one) => one.waiting + one.inFlight + one.delayed);
  const calls = running.operations.functions().map((one) => one.running);
  return [...queues, ...calls].reduce((sum, one) => sum + one, 0);
}
