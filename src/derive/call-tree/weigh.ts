/** Sums the samples of a query by their stack. */
import {sampleCount, sampleWeight, type Trace} from '../../model/trace.ts';
import {ChainClass, type Chains} from '../chains/shape.ts';
import type {CallTreeQuery, CallTreeSums} from './shape.ts';

/** Samples of a query, summed by stack. */
export interface Weighed {
  /** By stack row; only the chains that the query asks for. */
  readonly weights: Float64Array;
  /** By stack row: how many samples they are the weight of. */
  readonly counts: Float64Array;
  /** Weight of samples without a stack. */
  readonly stackless: number;
  readonly stacklessCount: number;
  readonly sums: CallTreeSums;
}

/** Weights of the stacks of a query. `shiftNs`: from the trace's times to the axis. `pass`: 1 for the samples that the filter lets through, null for all. Cost: linear in the samples. */
export function weigh(trace: Trace, chains: Chains, query: CallTreeQuery, shiftNs: number, pass: Uint8Array | null): Weighed {
  const {samples} = trace;
  const weights = new Float64Array(trace.stacks.length);
  const counts = new Float64Array(trace.stacks.length);
  const weightOf = query.weight === 'period' ? sampleWeight : sampleCount;
  const isRanged = query.range !== null;
  const from = query.range ? query.range.fromNs - shiftNs : -Infinity;
  const to = query.range ? query.range.toNs - shiftNs : Infinity;
  const sums = {samples: 0, weight: 0, growthSamples: 0, growthWeight: 0};
  let stackless = 0;
  let stacklessCount = 0;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== query.event || (pass && pass[i] === 0)) continue;
    const timeNs = samples.timeNs[i];
    // A sample without a time is in no range.
    if (isRanged && !(timeNs >= from && timeNs <= to)) continue;
    const weight = weightOf(trace, i);
    const count = sampleCount(trace, i);
    const stack = samples.stack[i];
    const grows = stack >= 0 && chains.class[stack] === ChainClass.Growth;
    sums.samples += count;
    sums.weight += weight;
    if (grows) {
      sums.growthSamples += count;
      sums.growthWeight += weight;
    }
    if (query.chains === 'growth' && !grows) continue;
    if (stack < 0) {
      stackless += weight;
      stacklessCount += count;
    } else {
      weights[stack] += weight;
      counts[stack] += count;
    }
  }
  return {weights, counts, stackless, stacklessCount, sums};
}
