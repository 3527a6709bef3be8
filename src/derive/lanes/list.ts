/**
 * Groups of goroutines and the catalogue of all else -> the list of rows from top to bottom, each with its place. Rows are numbers till
 * they are looked at: there may be a row for each of very many goroutines.
 */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import type {AxisGroup} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {catalogue, type Catalogue, type EventLane, type ProcessLanes, type ThreadLane} from './catalogue.ts';
import {goroutineFigures, type GoroutineFigures} from './figures.ts';
import {goroutineGroups, type Group} from './groups.ts';
import {remembered} from './remembered.ts';
import {BOXES_ROOM_PX, COUNTER_PX, goroutineKey, LAYER_PX, LINE_PX, ROW_PX, type CounterId, type LanesQuestion, type RowInTree, type RowPlace, type RowSection, type RowSize} from './shape.ts';
import {hasRegions, regionsOf, type Task} from './tasks.ts';

export interface CounterRow {
  readonly source: SessionSource;
  readonly counter: CounterId;
}

/** What a row is of. */
export type Content =
  /** `shows`: the counter that stands for all of them while they are closed. */
  | {readonly kind: 'section'; readonly section: RowSection; readonly shows: CounterRow | null}
  | ({readonly kind: 'counter'} & CounterRow)
  | {readonly kind: 'gc'}
  | {readonly kind: 'proc'; readonly source: SessionSource; readonly proc: number}
  | {readonly kind: 'group'; readonly group: Group}
  | {readonly kind: 'goroutine'; readonly source: SessionSource; readonly goroutine: number; readonly entry: number}
  | {readonly kind: 'regions'; readonly source: SessionSource; readonly goroutine: number}
  | {readonly kind: 'task'; readonly task: Task}
  | {readonly kind: 'log'; readonly source: SessionSource}
  | {readonly kind: 'process'; readonly process: ProcessLanes}
  | {readonly kind: 'thread'; readonly lane: ThreadLane}
  | {readonly kind: 'event'; readonly lane: EventLane};

/** A row of the list, with what it shows. */
export interface ListedRow extends RowInTree {
  readonly content: Content;
  readonly key: string;
}

export interface RowList {
  readonly length: number;
  readonly totalPx: number;
  readonly figures: GoroutineFigures;
  readonly catalogue: Catalogue;
  readonly groups: readonly Group[];
  /** Goroutines of all groups. */
  readonly goroutineCount: number;
  row(index: number): ListedRow;
  /** Index of the row that holds a pixel of the list, or of the next; `length` beyond the last. */
  rowAt(px: number): number;
  place(key: string): RowPlace | null;
  /** Key of the closed group that a goroutine is in; null: it is in none, or in an open one. */
  closedAround(key: string): string | null;
}

/** Groups of more goroutines than this are closed until they are opened. */
const OPEN_AT_MOST = 3;

const lists = new WeakMap<Session, Map<string, RowList>>();

export function rowList(session: Session, group: AxisGroup, question: LanesQuestion): RowList {
  const {event, range, filter, rows: choice} = question;
  return remembered(lists, session, JSON.stringify([group.reference, event, range, filter, choice]), () => {
    const figures = goroutineFigures(session, group, question);
    const list = new ListMaker(figures, catalogue(session, group, question), groupsOf(session, group, question, figures), question);
    for (const section of list.catalogue.offered) if (choice.sections.includes(section)) list[section]();
    return list;
  });
}

const groupsOfSession = new WeakMap<Session, Map<string, Group[]>>();

/** Opening a group or making it taller sorts nothing anew. */
function groupsOf(session: Session, {reference}: AxisGroup, {event, range, filter, rows}: LanesQuestion, figures: GoroutineFigures): Group[] {
  const {open: _, sizes: __, sections: ___, ...choice} = rows;
  return remembered(groupsOfSession, session, JSON.stringify([reference, event, range, filter, choice]), () => goroutineGroups(session, figures, choice, range));
}

/** A goroutine is written as its row of the figures, all else as a place in `contents`. */
class ListMaker implements RowList {
  readonly figures: GoroutineFigures;
  readonly catalogue: Catalogue;
  readonly groups: readonly Group[];
  readonly goroutineCount: number;
  readonly #choice: LanesQuestion['rows'];
  readonly #contents: Content[] = [];
  /** By row: a place in `contents`, or -1 - entry of a goroutine. */
  readonly #of: number[] = [];
  readonly #places: number[] = [];
  readonly #siblings: number[] = [];
  readonly #levels: number[] = [];
  /** Row that each lies under, -1 none; and the last row of each level. */
  readonly #parents: number[] = [];
  readonly #lastOfLevel: number[] = [-1];
  #topLevel = 0;
  /** -1: nothing is under it; 0 closed, 1 open. */
  readonly #open: number[] = [];
  readonly #children: number[] = [];
  /** Where each row begins, and the end of the last. */
  readonly #tops: number[] = [0];

  constructor(figures: GoroutineFigures, all: Catalogue, groups: readonly Group[], {rows}: LanesQuestion) {
    this.figures = figures;
    this.catalogue = all;
    this.groups = groups;
    this.#choice = rows;
    this.goroutineCount = groups.reduce((sum, {members}) => sum + members.length, 0);
  }

  get length(): number {
    return this.#of.length;
  }

  get totalPx(): number {
    return this.#tops[this.#tops.length - 1];
  }

  // ---- the sections, each writes its rows ----

  counters(): void {
    const {counters} = this.catalogue;
    if (!this.#head('counters', counters.length, false, COUNTER_PX)) return;
    counters.forEach((counter, i) => this.#add({kind: 'counter', ...counter}, {level: 2, position: i + 1, siblings: counters.length, heightPx: COUNTER_PX}));
  }

  gc(): void {
    this.#add({kind: 'gc'}, {level: 1, heightPx: LINE_PX});
  }

  procs(): void {
    const {procs} = this.catalogue;
    if (!this.#head('procs', procs.length, procs.length <= 16, COUNTER_PX)) return;
    procs.forEach((proc, i) => this.#add({kind: 'proc', ...proc}, {level: 2, position: i + 1, siblings: procs.length, heightPx: LINE_PX}));
  }

  goroutines(): void {
    for (const group of this.groups) {
      const px = ROW_PX[this.#sizeOf(group.key)];
      const {members} = group;
      // One alone says for itself what a summary would say.
      const isHeaded = this.#choice.groupBy !== 'none' && members.length > 1;
      const isOpen = !isHeaded || (this.#choice.open[group.key] ?? this.#choice.open[''] ?? (members.length <= OPEN_AT_MOST || this.groups.length === 1));
      if (isHeaded) this.#add({kind: 'group', group}, {level: 1, heightPx: px.group, isOpen, children: members.length});
      if (!isOpen) continue;
      const level = isHeaded ? 2 : 1;
      members.forEach((entry, i) => this.#addGoroutine(group.source, entry, {level, position: i + 1, siblings: members.length, heightPx: px.goroutine}));
    }
  }

  tasks(): void {
    const {tasks} = this.catalogue;
    if (!this.#head('tasks', tasks.length, tasks.length <= 16, COUNTER_PX)) return;
    tasks.forEach((task, i) => this.#add({kind: 'task', task}, {level: 2, position: i + 1, siblings: tasks.length, heightPx: task.boxes.layers * LAYER_PX + BOXES_ROOM_PX}));
  }

  logs(): void {
    for (const source of this.catalogue.logs) this.#add({kind: 'log', source}, {level: 1, heightPx: LINE_PX});
  }

  threads(): void {
    const {processes} = this.catalogue;
    const hasGoroutines = this.figures.all > 0;
    for (const process of processes) {
      const {threads} = process;
      const content: Content = processes.length > 1 ? {kind: 'process', process} : {kind: 'section', section: 'threads', shows: null};
      const isOpen = this.#choice.open[keyOf(content)] ?? (!hasGoroutines || threads.length <= OPEN_AT_MOST);
      this.#add(content, {level: 1, heightPx: COUNTER_PX, isOpen, children: threads.length});
      if (isOpen) threads.forEach((lane, i) => this.#add({kind: 'thread', lane}, {level: 2, position: i + 1, siblings: threads.length, heightPx: LINE_PX}));
    }
  }

  events(): void {
    const {events} = this.catalogue;
    if (!this.#head('events', events.length, events.length <= 16, LINE_PX)) return;
    events.forEach((lane, i) => this.#add({kind: 'event', lane}, {level: 2, position: i + 1, siblings: events.length, heightPx: LINE_PX}));
  }

  /** The row of a section; whether its rows are to follow. */
  #head(section: RowSection, children: number, isOpenAtFirst: boolean, heightPx: number): boolean {
    const isOpen = this.#choice.open[sectionKey(section)] ?? isOpenAtFirst;
    const shows = section === 'counters' && !isOpen ? this.catalogue.counters[0] : null;
    this.#add({kind: 'section', section, shows}, {level: 1, heightPx: section === 'counters' && isOpen ? LINE_PX : heightPx, isOpen, children});
    return isOpen;
  }

  #addGoroutine(source: SessionSource, entry: number, place: Place): void {
    const goroutine = this.figures.row[entry];
    const isHead = hasRegions(source.trace, goroutine);
    const isOpen = isHead ? (this.#choice.open[goroutineKey(source.id, goroutine)] ?? false) : null;
    this.#push(-1 - entry, {...place, isOpen, children: Number(isHead)});
    if (isOpen) this.#add({kind: 'regions', source, goroutine}, {level: place.level + 1, heightPx: regionsOf(source.trace, goroutine).layers * LAYER_PX + BOXES_ROOM_PX});
  }

  #add(content: Content, place: Place): void {
    this.#contents.push(content);
    this.#push(this.#contents.length - 1, place);
  }

  /** Rows of the first level are siblings of whatever section they are. */
  #push(of: number, {level, position = 0, siblings = 0, heightPx, isOpen = null, children = 0}: Place): void {
    if (level === 1) this.#topLevel++;
    this.#parents.push(this.#lastOfLevel[level - 1]);
    this.#lastOfLevel[level] = this.length;
    this.#of.push(of);
    this.#levels.push(level);
    this.#places.push(level === 1 ? this.#topLevel : position);
    this.#siblings.push(siblings);
    this.#open.push(isOpen === null ? -1 : Number(isOpen));
    this.#children.push(children);
    this.#tops.push(this.#tops[this.#tops.length - 1] + heightPx);
  }

  #sizeOf(key: string): RowSize {
    return this.#choice.sizes[key] ?? this.#choice.sizes[''] ?? 'normal';
  }

  // ---- looking at it ----

  #content(index: number): Content {
    const of = this.#of[index];
    if (of >= 0) return this.#contents[of];
    const entry = -1 - of;
    return {kind: 'goroutine', source: this.figures.sources[this.figures.of[entry]], goroutine: this.figures.row[entry], entry};
  }

  row(index: number): ListedRow {
    const content = this.#content(index);
    const parent = this.#parents[index];
    return {
      content, key: keyOf(content), level: this.#levels[index], position: this.#places[index], siblings: this.#levels[index] === 1 ? this.#topLevel : this.#siblings[index],
      isOpen: this.#open[index] < 0 ? null : this.#open[index] === 1, children: this.#children[index], parent: parent < 0 ? null : {index: parent, topPx: this.#tops[parent]},
      topPx: this.#tops[index], heightPx: this.#tops[index + 1] - this.#tops[index],
    };
  }

  rowAt(px: number): number {
    return px < 0 ? 0 : Math.min(this.length, upperBound(this.#tops, px) - 1);
  }

  place(key: string): RowPlace | null {
    const wanted = this.#entryOfKey(key);
    if (wanted === -1) return null;
    const index = this.#of.findIndex((of) => (wanted === null ? of >= 0 && keyOf(this.#contents[of]) === key : of === -1 - wanted));
    return index < 0 ? null : {key, index, topPx: this.#tops[index], heightPx: this.#tops[index + 1] - this.#tops[index]};
  }

  closedAround(key: string): string | null {
    const entry = this.#entryOfKey(key);
    if (entry === null || entry < 0 || this.place(key)) return null;
    return this.groups.find(({members}) => members.includes(entry))?.key ?? null;
  }

  /** Row of the figures of a goroutine's key, -1: it is not among them; null for other keys. */
  #entryOfKey(key: string): number | null {
    const goroutine = /^goroutine (\d+) (\d+)$/.exec(key);
    return goroutine ? this.#entryOf(Number(goroutine[1]), Number(goroutine[2])) : null;
  }

  /** Row of the figures; -1: the goroutine is not among them. */
  #entryOf(source: number, goroutine: number): number {
    const {of, row, sources, length} = this.figures;
    const at = sources.findIndex(({id}) => id === source);
    // Figures stand source by source, each by row.
    const first = lowerBound(of, at, 0, length);
    const found = lowerBound(row, goroutine, first, upperBound(of, at, 0, length));
    return at >= 0 && found < length && of[found] === at && row[found] === goroutine ? found : -1;
  }
}

interface Place {
  readonly level: number;
  readonly position?: number;
  readonly siblings?: number;
  readonly heightPx: number;
  readonly isOpen?: boolean | null;
  readonly children?: number;
}

function sectionKey(section: RowSection): string {
  return `section ${section}`;
}

function keyOf(content: Content): string {
  switch (content.kind) {
    case 'section': return sectionKey(content.section);
    case 'counter': return `counter ${content.source.id} ${content.counter}`;
    case 'gc': return 'gc';
    case 'proc': return `proc ${content.source.id} ${content.proc}`;
    case 'group': return content.group.key;
    case 'goroutine': return goroutineKey(content.source.id, content.goroutine);
    case 'regions': return `regions ${content.source.id} ${content.goroutine}`;
    case 'task': return `task ${content.task.source.id} ${content.task.span}`;
    case 'log': return `log ${content.source.id}`;
    case 'process': return `process ${content.process.pid}`;
    case 'thread': return `thread ${content.lane.tid}`;
    case 'event': return `event ${content.lane.source.id} ${content.lane.event}`;
  }
}
