// Loaded before a measured command (`node --import`): writes what the process has used when it exits.
import { writeFileSync } from 'node:fs';

const file = process.env['WEND_BENCH_USAGE'];
if (file !== undefined) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    // maxRSS is in kilobytes, the times in microseconds.
    const usage = { peakMegabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(file, JSON.stringify(usage));
  });
}
