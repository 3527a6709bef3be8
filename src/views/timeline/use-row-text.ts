/** What a row is called, and its figures, as the gutter, the hover and a screen reader say them. */
import {useMemo} from 'react';
import type {LaneRow, RowFigures} from '../../derive/lanes/shape.ts';
import type {Grouping} from '../../derive/lanes/shape.ts';
import {shortName} from '../../base/short-name.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export interface RowText {
  readonly title: string;
  /** The name in full, where the title has it shortened. */
  readonly fullName: string;
  /** Empty: there is nothing to say. */
  readonly figures: string;
  /** What the height of a group's area means; empty: its figures say so, or it has none. */
  readonly scale: string;
}

export function useRowText(): (row: LaneRow) => RowText {
  const {timeline} = useCopy();
  const figures = useFigures();
  const groupBy = useStore(({arrangement}) => arrangement.groupBy);
  return useMemo(() => rowText(timeline, figures, groupBy), [timeline, figures, groupBy]);
}

function rowText(timeline: Text, figures: ReturnType<typeof useFigures>, groupBy: Grouping): (row: LaneRow) => RowText {
  /** What growth there was: nothing is said of what is not known. */
  const grown = ({growths, shrinks, largestBytes, copyNs, samples}: RowFigures, isGroup: boolean) => {
    if (!(growths + shrinks > 0)) return samples > 0 ? [timeline.laneSamples(figures.count(samples))] : [];
    return [timeline.laneGrowths(figures.count(growths)), isGroup ? '' : figures.bytes(largestBytes), Number.isNaN(copyNs) ? '' : figures.duration(copyNs)].filter((part) => part !== '');
  };
  return (row) => {
    const name = row.name ?? '';
    const plain = (title: string, ...said: readonly string[]): RowText => ({title, fullName: title, figures: said.filter((part) => part !== '').join(' · '), scale: ''});
    const samples = row.samples > 0 ? timeline.laneSamples(figures.count(row.samples)) : '';
    switch (row.kind) {
      case 'section': return row.name === 'threads' ? plain(timeline.sections.threads, timeline.threadsOf(figures.count(row.children)), samples) : plain(sectionTitle(row, timeline), mostText(row, timeline, figures));
      case 'counter': return plain(timeline.counters[row.counter ?? 'heap'], mostText(row, timeline, figures));
      case 'gc': return plain(timeline.gcRow);
      case 'proc': return plain(timeline.proc(String(row.id)));
      case 'group': return {title: groupTitle(row.name, groupBy, timeline, shortName), fullName: groupTitle(row.name, groupBy, timeline, (full) => full), figures: [timeline.groupGoroutines(figures.count(row.goroutines)), ...grown(row, true)].join(' · '), scale: scaleOf(row, timeline, figures)};
      case 'goroutine': {
        const title = (shown: string) => `${timeline.goroutine(row.id)} ${shown}`;
        const known = row.name ?? timeline.unknownStart;
        // Under its group the lane need not say again what it was started with.
        const isUnderIt = groupBy === 'startFunction' && row.level > 1;
        return {title: isUnderIt ? timeline.goroutine(row.id) : title(row.name === null ? known : shortName(row.name)), fullName: title(known), figures: grown(row, false).join(' · '), scale: ''};
      }
      case 'regions': return plain(timeline.regionsOf(timeline.goroutine(row.id)));
      case 'task': return plain(timeline.task(name, String(row.id)));
      case 'log': return plain(timeline.log);
      case 'process': return plain(row.id === -1 ? timeline.unknownProcess : timeline.process(name, String(row.id)), timeline.threadsOf(figures.count(row.children)), samples);
      case 'thread': return plain(`${timeline.thread(String(row.id))} ${name}`.trim(), samples);
      case 'event': return plain(name, samples);
    }
  };
}

type Text = ReturnType<typeof useCopy>['timeline'];

function groupTitle(name: string | null, groupBy: Grouping, timeline: Text, shown: (name: string) => string): string {
  if (groupBy === 'creator') return name === null ? timeline.unknownCreator : timeline.creatorOf(shown(name));
  return name === null ? timeline.unknownStart : shown(name);
}

function sectionTitle(row: LaneRow, timeline: Text): string {
  if (row.counter) return timeline.counters[row.counter];
  const section = row.name as keyof Text['sections'];
  return timeline.sections[section];
}

/** Of a group: bytes of all its stacks, or how many are alive where sizes are not known. */
function scaleOf({growths, mostValue}: LaneRow, timeline: Text, figures: ReturnType<typeof useFigures>): string {
  if (!(mostValue > 0)) return '';
  return growths >= 0 ? timeline.heldUpTo(figures.bytes(mostValue)) : timeline.alive(figures.count(mostValue));
}

/** The largest value that a row's area reaches: what its height means. */
function mostText(row: LaneRow, timeline: Text, figures: ReturnType<typeof useFigures>): string {
  const rows = row.isOpen === null ? '' : timeline.rowsOf(figures.count(row.children));
  if (row.counter === 'heap' || row.counter === 'stacks') return timeline.peak(figures.bytes(row.mostValue));
  if (row.counter === 'procs') return timeline.upTo(figures.count(row.mostValue));
  if (row.counter === 'goroutines') return timeline.peak(figures.count(Math.ceil(row.mostValue)));
  return rows;
}
