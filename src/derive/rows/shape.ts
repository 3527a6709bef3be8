/** Rows of a trace by what they belong to, so that one goroutine, thread or stretch of time is looked at without looking at the others. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import type {ChainClass} from '../chains/shape.ts';

/** Rows grouped by owner: those of owner `g` are `rows[first[g]] … rows[first[g + 1] - 1]`, in time order. */
export interface Grouped {
  readonly first: Int32Array;
  readonly rows: Int32Array;
  /** On the source's own clock, beside `rows`. */
  readonly times: Float64Array;
}

/** The rows of a Go trace by row of goroutines: */
export interface GoroutineRows {
  /** Stack changes. */
  readonly changes: Grouped;
  /** Spans that are the goroutine's own: mark assists, regions, what it stopped the world for; by begin. */
  readonly spans: Grouped;
  /** Logs and labels. */
  readonly instants: Grouped;
  /** States of other goroutines that this one caused: those that it created or unblocked. */
  readonly caused: Grouped;
}

/** The log messages of a trace, in time order. */
export interface Logs {
  /** Rows of instants. */
  readonly rows: Int32Array;
  /** On the source's own clock. */
  readonly times: Float64Array;
  /** `category: message`. */
  readonly texts: readonly string[];
}

/** Sample rows of one owner and their times on the source's own clock, in time order. */
export interface SamplesOfOwner {
  readonly rows: Int32Array;
  readonly times: Float64Array;
}

/** The samples of one event that pass a filter and have a time, by whose they are. */
export interface SampleRows {
  /** Id of the source whose goroutines are meant; -1: none. */
  readonly to: number;
  /** By row of that source's goroutines. */
  readonly byGoroutine: Grouped;
  ofGoroutine(goroutine: number): SamplesOfOwner;
  /** Threads of several processes may bear one number: their samples are together. */
  ofThread(tid: number): SamplesOfOwner;
}

/** The samples of one event that pass a filter. Those with a time stand first, in time order; equal times in the order of their rows. */
export interface EventSamples {
  readonly length: number;
  /** How many have a time. */
  readonly timed: number;
  /** Row of the source's samples. */
  readonly row: Int32Array;
  /** On the axis; NaN: not recorded. */
  readonly timeNs: Float64Array;
  /** Row of the source's stacks, -1 none. */
  readonly stack: Int32Array;
  readonly weight: Float64Array;
  /** How many samples each stands for; null: one. */
  readonly count: Float64Array | null;
  /** Sums of all that stand before each; the last value is the sum of all. */
  readonly weightBefore: Float64Array;
  /** null: as many as stand before. */
  readonly countBefore: Float64Array | null;
  /** By `ChainClass`, but for `None`: places of the samples whose chain is so, upwards. */
  readonly ofClass: readonly Int32Array[];
}

/** Places `first … end - 1` of some samples, which stand for so many and weigh so much. */
export interface SamplesPart {
  readonly first: number;
  readonly end: number;
  readonly count: number;
  readonly weight: number;
}

/** The samples in a part of the axis, both ends included; of null all, those without a time too. Found by halves. */
export function samplesWithin(samples: EventSamples, range: {readonly fromNs: number; readonly toNs: number} | null): SamplesPart {
  const first = range ? lowerBound(samples.timeNs, range.fromNs, 0, samples.timed) : 0;
  const end = range ? Math.max(first, upperBound(samples.timeNs, range.toNs, 0, samples.timed)) : samples.length;
  const {weightBefore, countBefore} = samples;
  return {first, end, count: countBefore ? countBefore[end] - countBefore[first] : end - first, weight: weightBefore[end] - weightBefore[first]};
}

/** Of a part the samples whose chain is of a class. Cost: linear in them. */
export function samplesOfClass({ofClass, weight: weights, count: counts}: EventSamples, of: ChainClass, {first, end}: SamplesPart): {readonly count: number; readonly weight: number} {
  const places = ofClass[of];
  const [from, to] = [lowerBound(places, first), lowerBound(places, end)];
  let [count, weight] = [0, 0];
  for (let at = from; at < to; at++) {
    count += counts ? counts[places[at]] : 1;
    weight += weights[places[at]];
  }
  return {count, weight};
}
