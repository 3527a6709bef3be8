/** The parts of rows that are painted as pixels: states, steps of sizes, areas of values, ticks of samples. */
import {GcState, LaneMark, USED_STEPS, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {tokenOfState, type CanvasTheme} from '../color/theme.ts';
import {bitsOf, type Pixels} from './pixels.ts';
import {laneParts, sizeY, usedY, type PlacedRow} from './row-places.ts';

/** Colours as bits. */
export interface RowColors {
  readonly state: Uint32Array;
  /** Of a proc, under the name of what it runs. */
  readonly proc: Uint32Array;
  readonly gc: Uint32Array;
  readonly sizeArea: number;
  readonly sizeLine: number;
  readonly sample: number;
  readonly growthSample: number;
  readonly quietArea: number;
  readonly quietLine: number;
  readonly goal: number;
  /** Of goroutines by state, in the order of their series. */
  readonly counts: readonly number[];
}

export function rowColors(theme: CanvasTheme): RowColors {
  const state = Uint32Array.from(tokenOfState, (token) => bitsOf(theme[token]));
  state[0] = 0;
  const proc = Uint32Array.from(tokenOfState, (token) => bitsOf(theme[token], 0.5));
  const gc = new Uint32Array(3);
  gc[GcState.Gc] = bitsOf(theme.gc);
  gc[GcState.StopTheWorld] = bitsOf(theme.ink2);
  proc[0] = proc[5] = 0;
  return {
    state, proc, gc,
    sizeArea: bitsOf(theme.growth, 0.15), sizeLine: bitsOf(theme['growth-text']),
    sample: bitsOf(theme.ink3), growthSample: bitsOf(theme.growth),
    quietArea: bitsOf(theme.ink3, 0.28), quietLine: bitsOf(theme.ink2), goal: bitsOf(theme.accent, 0.8),
    counts: (['running', 'syscall', 'runnable', 'waiting'] as const).map((token) => bitsOf(theme[token])),
  };
}

export interface PixelPlace {
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
  /** Device pixel of the canvas that the picture begins at. */
  readonly top: number;
  readonly colors: RowColors;
}

export function paintRowPixels(pixels: Pixels, placed: PlacedRow, answer: LanesAnswer, from: Int32Array, place: PixelPlace): void {
  const {row} = placed;
  switch (row.kind) {
    case 'goroutine':
    case 'thread':
    case 'event':
    case 'log':
    case 'proc':
    case 'gc':
      paintLane(pixels, placed, answer, from, place);
      break;
    case 'group':
    case 'counter':
    case 'section':
    case 'process':
      paintValues(pixels, placed, answer, from, place);
      break;
    case 'regions':
    case 'task':
      break;
  }
}

/** Sizes are told by their log2, which a byte holds many times over. */
const ORDERS = 64;

function paintLane(pixels: Pixels, {row, index, y}: PlacedRow, answer: LanesAnswer, from: Int32Array, {ratio, top, colors}: PixelPlace): void {
  const parts = laneParts(row);
  const device = (offset: number) => Math.round((y + offset) * ratio) - top;
  const at = index * answer.widthPx;
  const {state, size, used, marks} = answer;
  const colorOf = row.kind === 'proc' ? colors.proc : row.kind === 'gc' ? colors.gc : colors.state;
  const bitsAt = (x: number) => (from[x] < 0 ? 0 : colorOf[state[at + from[x]]]);
  if (row.kind === 'gc') {
    // The world that stops takes the whole height: it is told apart from a collection without its colour.
    pixels.bar(device(parts.barTop + 3), device(parts.barBottom - 3), bitsAt);
    pixels.bar(device(2), device(row.heightPx - 3), (x) => (from[x] >= 0 && state[at + from[x]] === GcState.StopTheWorld ? colors.gc[GcState.StopTheWorld] : 0));
    return;
  }
  pixels.bar(device(parts.barTop), device(parts.barBottom), bitsAt);
  if (row.kind === 'goroutine' && answer.mostOrder > 0) {
    // A size is one of few: where each lies is found once, not for every column.
    const levelOfOrder = Int32Array.from({length: ORDERS}, (_, order) => (order === 0 ? -1 : device(sizeY(parts, order, answer.mostOrder))));
    const levels = new Int32Array(from.length);
    for (let x = 0; x < from.length; x++) levels[x] = from[x] < 0 ? -1 : levelOfOrder[size[at + from[x]]];
    pixels.steps(levels, device(parts.bottom), colors.sizeArea, colors.sizeLine, Math.max(1, Math.round(1.25 * ratio)));
    const inUse = new Int32Array(from.length);
    for (let x = 0; x < from.length; x++) inUse[x] = from[x] < 0 || used[at + from[x]] === 0 ? -1 : device(usedY(parts, used[at + from[x]] / USED_STEPS, answer.mostOrder));
    pixels.steps(inUse, device(parts.bottom), 0, colors.quietLine, Math.max(1, Math.round(ratio)));
  }
  const bottom = device(row.heightPx - 2);
  const isEvent = row.kind === 'event';
  let last = -1;
  for (let x = 0; x < from.length; x++) {
    // When an older answer is stretched, a mark is not repeated.
    if (from[x] < 0 || from[x] === last) continue;
    last = from[x];
    const here = marks[at + last];
    if ((here & LaneMark.Sample) === 0) continue;
    const isGrowth = (here & LaneMark.GrowthSample) !== 0;
    const height = Math.round((isEvent ? row.heightPx - 8 : isGrowth ? parts.tickPx + 1 : parts.tickPx - 1) * ratio);
    for (let thick = 0; thick < ratio; thick++) pixels.fill(x + thick, bottom - height, bottom, isGrowth ? colors.growthSample : colors.sample);
    // A growth sample stands on a foot.
    if (isGrowth) for (let foot = -1; foot <= Math.ceil(ratio); foot++) pixels.fill(x + foot, bottom - Math.round(ratio), bottom, colors.growthSample);
  }
}

/** A step of the highest value just touches the top of its row. */
const HEADROOM_PX = 4;

function paintValues(pixels: Pixels, {row, y}: PlacedRow, answer: LanesAnswer, from: Int32Array, {ratio, top, colors}: PixelPlace): void {
  if (row.valuesAt < 0 || !(row.mostValue > 0)) return;
  const device = (offset: number) => Math.round((y + offset) * ratio) - top;
  const bottom = device(row.heightPx - 1);
  // Nothing is no line along the ground.
  const levelOf = (value: number) => (Number.isNaN(value) || value === 0 ? -1 : device(row.heightPx - 1 - ((row.heightPx - 1 - HEADROOM_PX) * value) / row.mostValue));
  const valueAt = (series: number, pixel: number) => (pixel < 0 ? Number.NaN : answer.values[(row.valuesAt + series) * answer.widthPx + pixel]);
  // A loop, as all that runs for every column: `from` with a function takes five times as long (bench: wheel zoom).
  const levels = (series: number) => {
    const found = new Int32Array(from.length);
    for (let x = 0; x < from.length; x++) found[x] = levelOf(valueAt(series, from[x]));
    return found;
  };
  const thick = Math.max(1, Math.round(ratio));
  const area = (series: number, fill: number, line: number) => pixels.steps(levels(series), bottom, fill, line, thick);
  if (row.kind === 'group' && row.growths >= 0) area(0, colors.sizeArea, colors.sizeLine);
  else if (row.kind === 'group') area(1, colors.quietArea, colors.quietLine);
  else if (row.counter === 'stacks') area(0, colors.sizeArea, colors.sizeLine);
  else if (row.counter === 'goroutines') {
    // One upon the other: running at the bottom.
    const below = new Float64Array(from.length);
    const stacked = colors.counts.map((_, series) => {
      const tops = new Int32Array(from.length);
      for (let x = 0; x < from.length; x++) tops[x] = levelOf((below[x] += valueAt(series, from[x])));
      return tops;
    });
    for (const [series, tops] of [...stacked.entries()].toReversed()) pixels.steps(tops, bottom, colors.counts[series], 0, thick);
  } else if (row.counter === 'heap') {
    area(0, colors.quietArea, colors.quietLine);
    area(1, 0, colors.goal);
  } else if (row.kind === 'process' || row.name === 'threads') area(0, colors.sample, 0);
  else area(0, colors.quietArea, colors.quietLine);
}
