/**
 * Functions gathered from anywhere, put in order: one a start address, each with an end. The choice among names of one place and the ends of
 * functions without a size are perf's (tools/perf/util/symbol.c of 6.1: choose_best_symbol, symbols__fixup_end), so that names are what perf prints.
 */
import {ascendingOrder} from '../../base/columns/sort.ts';
import {GrowableTable, type Table} from '../../base/columns/table.ts';
import {FUNCTIONS} from '../shape.ts';

/** How far a name is seen, from least wanted to most. */
export const Binding = {Weak: 0, Local: 1, Global: 2} as const;

const GATHERED = {...FUNCTIONS, binding: Uint8Array} as const;
const PAGE = 4096;

/** Functions as they come. */
export class FunctionList {
  readonly #rows = new GrowableTable(GATHERED, 1024);

  get length(): number {
    return this.#rows.length;
  }

  add(start: number, sizeBytes: number, nameByte: number, nameBytes: number, binding: number, module = -1): void {
    const row = this.#rows.add();
    const {rows} = this.#rows;
    rows.start[row] = start;
    rows.end[row] = start + sizeBytes;
    rows.nameByte[row] = nameByte;
    rows.nameBytes[row] = nameBytes;
    rows.binding[row] = binding;
    rows.module[row] = module;
  }

  /** `bytes` holds the names. Of two functions at one place the better name counts, or the one that came last (`lastCounts`). */
  finish(bytes: Uint8Array, lastCounts = false): Table<typeof FUNCTIONS> {
    const gathered = this.#rows.finish();
    const order = ascendingOrder(gathered.start);
    const chosen = new GrowableTable(FUNCTIONS, Math.max(1, order.length));
    for (let i = 0; i < order.length;) {
      let best = order[i];
      let next = i + 1;
      for (; next < order.length && gathered.start[order[next]] === gathered.start[best]; next++) {
        if (lastCounts || isBetter(gathered, bytes, order[next], best)) best = order[next];
      }
      const row = chosen.add();
      for (const column of COLUMNS) chosen.rows[column][row] = gathered[column][best];
      i = next;
    }
    return withEnds(chosen.finish());
  }
}

const COLUMNS = ['start', 'end', 'nameByte', 'nameBytes', 'module'] as const;

/** Whether of two names of one place `row` is to be preferred to `other`, which came first. */
function isBetter(table: Table<typeof GATHERED>, bytes: Uint8Array, row: number, other: number): boolean {
  const rank = (of: number) => [
    table.end[of] > table.start[of] ? 1 : 0,
    table.binding[of] === Binding.Weak ? 0 : 1,
    table.binding[of] === Binding.Global ? 1 : 0,
    -underscores(bytes, table.nameByte[of], table.nameBytes[of]),
    table.nameBytes[of],
  ];
  const a = rank(row);
  const b = rank(other);
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] > b[at];
}

function underscores(bytes: Uint8Array, start: number, length: number): number {
  let count = 0;
  while (count < length && bytes[start + count] === 0x5f) count++;
  return count;
}

function withEnds(functions: Table<typeof FUNCTIONS>): Table<typeof FUNCTIONS> {
  const {start, end, length, module} = functions;
  for (let i = 0; i < length; i++) {
    if (end[i] > start[i]) continue;
    const isLastOfModule = i + 1 < length && module[i] < 0 !== module[i + 1] < 0;
    if (i + 1 === length || isLastOfModule) end[i] = Math.ceil((start[i] + PAGE) / PAGE) * PAGE;
    else end[i] = start[i + 1];
  }
  return functions;
}
