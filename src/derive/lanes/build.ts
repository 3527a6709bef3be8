/** The rows in view -> planes of pixels and boxes: what state, what stack size, which marks and values each pixel of each row shows. */
import {text} from '../../model/trace.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {BoxMaker} from './boxes.ts';
import {rowList, type Content, type ListedRow, type RowList} from './list.ts';
import {figuresOf} from './groups.ts';
import {paintRow} from './paint-row.ts';
import {paintGc} from './paint-spans.ts';
import type {Painting} from './painting.ts';
import {samplesByLane} from './rows-of-lane.ts';
import {valuePlanes} from './values.ts';
import type {LaneRow, LanesAnswer, LanesQuestion, RowFigures} from './shape.ts';

export const lanes = defineDerivation({
  id: 'lanes',
  answer(session, asked: LanesQuestion): LanesAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === asked.group);
    if (!group) return null;
    // Samples of another axis have no place on this one.
    const question = asked.event && group.members.includes(asked.event.source) ? asked : {...asked, event: null};
    const list = rowList(session, group, question);
    const first = list.rowAt(Math.min(question.topPx, list.totalPx - 1));
    const end = Math.min(list.length, list.rowAt(question.topPx + question.heightPx) + 1);
    const listed = Array.from({length: Math.max(0, end - first)}, (_, i) => list.row(first + i));
    return {...painted(session, group, question, list, listed), first, ...whole(list, question)};
  },
});

function whole(list: RowList, {find}: LanesQuestion) {
  return {
    rowCount: list.length, totalPx: list.totalPx, goroutines: list.goroutineCount, allGoroutines: list.figures.all, mostOrder: list.figures.mostOrder,
    found: find === null ? null : list.place(find), closedAround: find === null ? null : list.closedAround(find), offered: list.catalogue.offered, reasons: list.catalogue.reasons,
  };
}

function painted(session: Session, group: AxisGroup, question: LanesQuestion, list: RowList, listed: readonly ListedRow[]) {
  const widthPx = Math.max(1, Math.floor(question.widthPx));
  const window = {fromNs: question.fromNs, toNs: question.toNs, widthPx};
  const plane = () => new Uint8Array(listed.length * widthPx);
  const planes = {state: plane(), size: plane(), used: plane(), marks: plane()};
  const values = listed.map(({content}) => valuePlanes(content));
  const valuesAt = values.map((_, i) => values.slice(0, i).reduce((sum, count) => sum + count, 0));
  const allValues = new Float32Array(values.reduce((sum, count) => sum + count, 0) * widthPx).fill(Number.NaN);
  const boxes = new BoxMaker(window);
  const samples = samplesByLane(session, question.event, question.filter);
  const rows = listed.map((row, i): LaneRow => {
    const part = (of: Uint8Array) => of.subarray(i * widthPx, (i + 1) * widthPx);
    const painting: Painting = {
      session, group, question, window, samples, boxes, index: i, state: part(planes.state), size: part(planes.size), used: part(planes.used), marks: part(planes.marks),
      values: Array.from({length: values[i]}, (_, at) => allValues.subarray((valuesAt[i] + at) * widthPx, (valuesAt[i] + at + 1) * widthPx)),
    };
    const {mostValue} = paintRow(painting, row.content, row.key);
    const {content, ...place} = row;
    return {...place, ...identity(content), ...figures(list, content), kind: content.kind, valuesAt: values[i] === 0 ? -1 : valuesAt[i], mostValue};
  });
  return {...window, ...planes, rows, values: allValues, boxes: boxes.finish(), gc: paintGc(session, group, question.filter, window, new Uint8Array(widthPx))};
}

/** Numbers and names that tell a row from others of its kind. */
function identity(content: Content): Pick<LaneRow, 'source' | 'row' | 'id' | 'name' | 'counter'> {
  const nobody = {source: -1, row: -1, id: -1, name: null, counter: null};
  switch (content.kind) {
    case 'section': return {...nobody, source: content.shows?.source.id ?? -1, name: content.section, counter: content.shows?.counter ?? null};
    case 'counter': return {...nobody, source: content.source.id, counter: content.counter};
    case 'gc': return nobody;
    case 'proc': return {...nobody, source: content.source.id, row: content.proc, id: content.source.trace.procs.id[content.proc]};
    case 'group': return {...nobody, source: content.group.source.id, name: content.group.name};
    case 'goroutine':
    case 'regions': return ofGoroutine(content);
    case 'task': return {...nobody, source: content.task.source.id, row: content.task.span, id: content.task.id, name: content.task.name};
    case 'log': return {...nobody, source: content.source.id};
    case 'process': return {...nobody, id: content.process.pid, name: content.process.name};
    case 'thread': return {...nobody, id: content.lane.tid, name: content.lane.name};
    case 'event': return {...nobody, source: content.lane.source.id, row: content.lane.event, name: content.lane.name};
  }
}

function ofGoroutine({source, goroutine}: Extract<Content, {readonly kind: 'goroutine' | 'regions'}>) {
  const {goroutines} = source.trace;
  return {counter: null, source: source.id, row: goroutine, id: goroutines.id[goroutine], name: text(source.trace, goroutines.startFunction[goroutine])};
}

const UNKNOWN: RowFigures = {goroutines: Number.NaN, growths: Number.NaN, shrinks: Number.NaN, largestBytes: Number.NaN, copyNs: Number.NaN, samples: Number.NaN};

function figures(list: RowList, content: Content): RowFigures {
  switch (content.kind) {
    case 'group': return content.group.figures;
    case 'goroutine': return figuresOf(list.figures, content.entry);
    case 'thread':
    case 'event': return {...UNKNOWN, samples: content.lane.samples};
    case 'process': return {...UNKNOWN, samples: content.process.samples};
    case 'section': return content.section === 'threads' ? {...UNKNOWN, samples: list.catalogue.processes.reduce((sum, {samples}) => sum + samples, 0)} : UNKNOWN;
    case 'counter':
    case 'gc':
    case 'proc':
    case 'regions':
    case 'task':
    case 'log': return UNKNOWN;
  }
}
