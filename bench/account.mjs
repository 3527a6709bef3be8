/** Loaded into a process that is measured (`node --import`): tells at its end, on file descriptor 3, what it has used. Linux. */
import {readFileSync, writeSync} from 'node:fs';

process.on('exit', () => {
  const {userCPUTime, systemCPUTime} = process.resourceUsage();
  const peakKiB = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  writeSync(3, JSON.stringify({cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, wallSeconds: performance.now() / 1000, peakMiB: peakKiB / 1024}));
});
