/** Which rows the time line lists, and how they stand. */
import type {StateCreator} from 'zustand/vanilla';
import type {RowIdentity, RowsChoice, RowSection, RowSize} from '../../derive/lanes/shape.ts';

/** What is listed unless the user chose otherwise: who grew, and beside it what the collector and the threads did. */
const sectionsAtFirst: readonly RowSection[] = ['counters', 'gc', 'goroutines', 'threads'];

/** What is one choice of all rows: how they are grouped, sorted and narrowed. */
export type Arrangement = Pick<RowsChoice, 'sections' | 'groupBy' | 'sort' | 'text' | 'state' | 'reason' | 'onlyGrowth'>;

const arrangementAtFirst: Arrangement = {sections: sectionsAtFirst, groupBy: 'startFunction', sort: 'copyNs', text: '', state: 0, reason: null, onlyGrowth: false};

export const overviewBytes = ['held', 'copied'] as const;
export type OverviewBytes = (typeof overviewBytes)[number];

export interface LanesSlice {
  readonly arrangement: Arrangement;
  /** Rows opened or closed by hand, by key; the empty key is for all groups. */
  readonly openRows: Readonly<Record<string, boolean>>;
  /** Heights by key of the group; the empty key is for all others. */
  readonly rowSizes: Readonly<Record<string, RowSize>>;
  /** The row that the keyboard is on. */
  readonly row: RowIdentity | null;
  /** What the strip over the axis shows beside samples: bytes that all stacks hold, or that growths copied. */
  readonly overviewBytes: OverviewBytes;
  arrange(change: Partial<Arrangement>): void;
  openRow(key: string, isOpen: boolean): void;
  sizeRows(key: string, size: RowSize): void;
  chooseRow(row: RowIdentity | null): void;
  showOverviewBytes(bytes: OverviewBytes): void;
}

export const lanesAtFirst: Pick<LanesSlice, 'arrangement' | 'openRows' | 'rowSizes' | 'row'> = {arrangement: arrangementAtFirst, openRows: {}, rowSizes: {}, row: null};

export const lanesSlice: StateCreator<LanesSlice, [], [], LanesSlice> = (set) => ({
  ...lanesAtFirst,
  overviewBytes: 'held',
  arrange: (change) => set(({arrangement}) => ({arrangement: {...arrangement, ...change}})),
  // What is for all is for those too that had their own.
  openRow: (key, isOpen) => set(({openRows}) => ({openRows: key === '' ? {'': isOpen} : {...openRows, [key]: isOpen}})),
  sizeRows: (key, size) => set(({rowSizes}) => ({rowSizes: key === '' ? {'': size} : {...rowSizes, [key]: size}})),
  chooseRow: (row) => set({row}),
  showOverviewBytes: (overviewBytes) => set({overviewBytes}),
});
