/** What is looked at: the user's choices where they still hold, else what says most. */
import {createContext, useContext, useMemo} from 'react';
import type {AxisGroup} from '../derive/axis/shape.ts';
import {asRecorded, type CallTreeQuery, type TreeWeight} from '../derive/call-tree/shape.ts';
import type {Filter} from '../derive/filter/shape.ts';
import type {EventSummary, SourceSummary, SummaryAnswer} from '../derive/summary/shape.ts';
import type {EventChoice, KeptRange, Range} from './slices/selection.ts';
import {useStore} from './use-store.ts';

export interface Scope {
  readonly summary: SummaryAnswer;
  /** null: no open source has times. */
  readonly group: AxisGroup | null;
  /** Samples shown; null: no open source has any. */
  readonly event: EventChoice | null;
  readonly eventSource: SourceSummary | null;
  readonly eventSummary: EventSummary | null;
  /** `period` only where the event has periods. */
  readonly weight: 'samples' | 'period';
  /** Brushed part of the axis. */
  readonly range: Range | null;
  /** Whose samples, goroutines and stack changes are looked at. */
  readonly filter: Filter;
  /** Whether the process in the filter is the Go trace's, which nobody chose. */
  readonly isPreset: boolean;
  /** Whether the samples are on the axis shown, so that the brush can choose among them. */
  readonly isEventOnAxis: boolean;
  /** What the flame graph shows: samples, or of a trace its growths or its states; null: there is neither. */
  readonly query: CallTreeQuery | null;
  /** Weights of growths and of states that a tree can have beside those of the samples. */
  readonly axisWeights: readonly TreeWeight[];
}

export const ScopeContext = createContext<Scope | null>(null);

/** The scope that the shell gives; null until the first source has something to show. */
export function useScope(): Scope | null {
  return useContext(ScopeContext);
}

/** Makes the scope: once a page, for `ScopeContext`. */
export function useNewScope(): Scope | null {
  const summary = useStore((state) => state.summary);
  const chosenGroup = useStore((state) => state.group);
  const chosenEvent = useStore((state) => state.event);
  const chosenWeight = useStore((state) => state.weight);
  const growthOnly = useStore((state) => state.growthOnly);
  const growthPart = useStore((state) => state.growthPart);
  const rootedBy = useStore((state) => state.rootedBy);
  const transforms = useStore((state) => state.transforms);
  const chosenRange = useStore((state) => state.range);
  const chosenFilter = useStore((state) => state.filter);
  const isEveryProcess = useStore((state) => state.isEveryProcess);
  return useMemo(() => {
    if (!summary || summary.sources.length === 0) return null;
    const group = summary.groups.find(({reference}) => reference === chosenGroup) ?? summary.groups[0] ?? null;
    const {source: eventSource, event: eventSummary} = eventOf(summary, group, chosenEvent);
    const event = eventSource && eventSummary && {source: eventSource.id, event: eventSummary.event};
    const weight = eventSummary?.hasPeriod && chosenWeight !== 'samples' ? 'period' : 'samples';
    const isEventOnAxis = group !== null && eventSource !== null && group.members.includes(eventSource.id);
    const range = group && rebased(chosenRange, group);
    const preset = isEveryProcess || chosenFilter.process !== null || chosenFilter.thread !== null || chosenFilter.comm !== null ? null : (eventSource?.traceProcess ?? null);
    const filter = preset ? {...chosenFilter, ...preset} : chosenFilter;
    const stateSource = traceOf(summary, group);
    const inView = {range: isEventOnAxis || !event ? range : null, filter};
    const samples: CallTreeQuery | null = event && {...asRecorded, ...event, weight, ...inView};
    // Samples of another axis tell nothing of the growths and states of this one.
    const ofAxis = isEventOnAxis ? eventSource : (stateSource ?? eventSource);
    const treeWeight = weightOfTree(chosenWeight, samples, ofAxis);
    const isOfSamples = treeWeight === 'period' || treeWeight === 'samples';
    const shown = isOfSamples || ofAxis === eventSource ? samples : (ofAxis && {source: ofAxis.id, event: -1, range, filter});
    const query: CallTreeQuery | null = shown && treeWeight && {...shown, weight: treeWeight, chains: growthOnly ? growthPart : 'all', rootedBy, transforms};
    return {summary, group, event, eventSource, eventSummary, weight, range, filter, isPreset: preset !== null, isEventOnAxis, query, axisWeights: ofAxis?.axisWeights ?? []} satisfies Scope;
  }, [summary, chosenGroup, chosenEvent, chosenWeight, growthOnly, growthPart, rootedBy, transforms, chosenRange, chosenFilter, isEveryProcess]);
}

/** The trace of an axis that says most of goroutines; null: none says anything. */
function traceOf({sources, reference}: SummaryAnswer, group: AxisGroup | null): SourceSummary | null {
  const traces = sources.filter(({id, goroutines}) => goroutines > 0 && (group?.members.includes(id) ?? false));
  return traces.find(({id}) => id === reference) ?? traces[0] ?? null;
}

/** The weight chosen, as far as it is known here: else that of the samples; of a trace alone its growths, or its waiting. null: nothing weighs. */
function weightOfTree(chosen: TreeWeight, samples: CallTreeQuery | null, ofAxis: SourceSummary | null): TreeWeight | null {
  const known = ofAxis?.axisWeights ?? [];
  if (known.includes(chosen)) return chosen;
  if (samples) return samples.weight;
  return (['growths', 'waitingNs'] as const).find((weight) => known.includes(weight)) ?? null;
}

/** Part of the axis that the time line shows. No part of the scope: a hand that pans has only the time line drawn anew. */
export function useShownWindow(group: AxisGroup): Range {
  const chosen = useStore((state) => state.window);
  return useMemo(() => rebased(chosen, group) ?? {fromNs: 0, toNs: group.endNs}, [chosen, group]);
}

/** A range to keep. */
export function keptRange({fromNs, toNs}: Range, {originNs}: AxisGroup): KeptRange {
  return {fromNs, toNs, originNs};
}

/** A kept range on an axis, cut to it; null where none of it is on the axis. */
export function rebased(range: KeptRange | null, {originNs, endNs}: AxisGroup): Range | null {
  if (!range) return null;
  const shiftNs = Number(range.originNs - originNs);
  const fromNs = Math.max(0, range.fromNs + shiftNs);
  const toNs = Math.min(endNs, range.toNs + shiftNs);
  return toNs > fromNs ? {fromNs, toNs} : null;
}

interface Candidate {
  readonly source: SourceSummary | null;
  readonly event: EventSummary | null;
}

/** Whether two sources tell of the same time, as far as that is known. */
function overlap(a: SourceSummary, b: SourceSummary | undefined): boolean {
  return !b || a.startNs === null || a.endNs === null || b.startNs === null || b.endNs === null || (a.startNs <= b.endNs && a.endNs >= b.startNs);
}

/** `sched:sched_switch`, `probe_app:copystack`; not `cycles:ppp`, whose letters are modifiers. */
const TRACEPOINT = /:(?![ukhGHpPSDIWe]+$)/;

/**
 * The event chosen; else, before others, one on the axis shown, of the time of the Go trace, with stacks, with periods that say how much was used
 * (those of probes and tracepoints count calls). Among equals the one of the file opened first, so that another file does not take its place; of one file the one with most samples.
 */
function eventOf(summary: SummaryAnswer, group: AxisGroup | null, chosen: EventChoice | null): Candidate {
  const all = summary.sources.flatMap((source) => source.events.filter(({samples}) => samples > 0).map((event) => ({source, event})));
  const trace = summary.sources.find(({id}) => id === summary.reference);
  const rank = ({source, event}: (typeof all)[number]) =>
    Number(group?.members.includes(source.id)) * 8 + Number(overlap(source, trace)) * 4 + Number(event.hasStacks) * 2 + Number(event.hasPeriod && !TRACEPOINT.test(event.name));
  return (
    all.find(({source, event}) => source.id === chosen?.source && event.event === chosen.event) ??
    all.toSorted((a, b) => rank(b) - rank(a) || a.source.id - b.source.id || b.event.samples - a.event.samples)[0] ?? {source: null, event: null}
  );
}
