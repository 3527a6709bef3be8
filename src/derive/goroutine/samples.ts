/** Samples of an event -> those that are attributed to one goroutine. */
import {sampleCount, sampleWeight} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session} from '../derivation.ts';
import type {GoroutineQuestion, SamplesOfGoroutine} from './shape.ts';

const MOST_FUNCTIONS = 8;

/** null: no samples are asked for, or none is attributed to goroutines of this source. Cost: linear in the samples. */
export function samplesOf(session: Session, {source, goroutine, event, range, weight}: GoroutineQuestion): SamplesOfGoroutine | null {
  const sampled = event && session.source(event.source);
  if (!event || !sampled || session.attribution(sampled).to !== source) return null;
  const {trace} = sampled;
  const {samples, stacks} = trace;
  const attributed = session.attribution(sampled).goroutine;
  const classes = session.chains(sampled).class;
  const labels = session.labels(sampled);
  const shiftNs = session.axis.shiftsNs.get(sampled.id) ?? 0;
  const fromNs = (range?.fromNs ?? -Infinity) - shiftNs;
  const toNs = (range?.toNs ?? Infinity) - shiftNs;
  const weightOf = weight === 'period' ? sampleWeight : sampleCount;
  const selfOf = new Map<number, number>();
  const sums = {samples: 0, weight: 0, growthWeight: 0, allWeight: 0};
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== event.event || (range && !(samples.timeNs[i] >= fromNs && samples.timeNs[i] <= toNs))) continue;
    const own = weightOf(trace, i);
    sums.allWeight += own;
    if (attributed[i] !== goroutine) continue;
    sums.samples += sampleCount(trace, i);
    sums.weight += own;
    const stack = samples.stack[i];
    if (stack < 0) continue;
    if (classes[stack] === ChainClass.Growth) sums.growthWeight += own;
    const label = labels.ofFrame[stacks.frame[stack]];
    selfOf.set(label, (selfOf.get(label) ?? 0) + own);
  }
  const functions = [...selfOf].map(([label, self]) => ({name: labels.names[label], self})).sort((a, b) => b.self - a.self || (a.name < b.name ? -1 : 1));
  return {...sums, functions: functions.slice(0, MOST_FUNCTIONS)};
}
