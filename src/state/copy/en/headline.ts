/** English: the headline. */
import {counted} from './counted.ts';

export const headline = {
  growthShare: (share: string) => `${share} of samples grow a stack`,
  growthShareCpu: (share: string) => `${share} of CPU time goes to growing stacks`,
  noGrowthSamples: (samples: string) => `None of ${samples} samples grows a stack`,
  growthShareOf: (share: string, event: string) => `${share} of ${event} is spent growing stacks`,
  growths: (growths: string, goroutines: string | null) => (goroutines === null ? counted(growths, 'growth') : `${counted(growths, 'growth')} in ${counted(goroutines, 'goroutine')}`),
  noGrowths: 'no stack grew',
  largest: (size: string) => `largest stack ${size}`,
  copying: (duration: string) => `${duration} of copying`,
  inRange: 'in the selected range',
  noSizes: 'stack sizes are not in these files',
  ofAll: 'share of all samples: they are not on this axis',
  preemptions: (count: string) => `${counted(count, 'preemption')} not counted as growth`,
  overflow: (count: string) => `${counted(count, 'sample')} of a stack overflow`,
  shrinks: (count: string) => `${counted(count, 'sample')} of shrinking stacks`,
};
