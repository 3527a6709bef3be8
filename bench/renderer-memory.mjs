/** How much memory the process that draws a page holds, its workers among it. Linux. */
import {readdirSync, readFileSync} from 'node:fs';

/** The most MiB that a process drawing pages of this browser profile has held (VmHWM). */
export function rendererPeakMiB(profile) {
  const peaks = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !command.includes(profile)) return 0;
      return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch (error) {
      // It ended between the two looks.
      if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
      throw error;
    }
  });
  return Math.max(...peaks);
}
