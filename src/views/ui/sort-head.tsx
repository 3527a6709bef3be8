/** The head of a column that a table can be sorted by. */
import type {ReactNode, RefObject} from 'react';

export interface SortHeadProps<Column extends string> {
  readonly column: Column;
  readonly sort: {readonly by: string; readonly descending: boolean};
  onSort(column: Column): void;
  /** What the column tells. */
  readonly title: string;
  readonly head?: RefObject<HTMLTableCellElement | null>;
  readonly children: ReactNode;
}

export function SortHead<Column extends string>({column, sort, onSort, title, head, children}: SortHeadProps<Column>) {
  const isSorted = sort.by === column;
  return (
    <th ref={head} scope="col" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined} title={title}>
      <button type="button" onClick={() => onSort(column)}>
        {children}
        <span aria-hidden="true">{isSorted ? (sort.descending ? ' ▾' : ' ▴') : ''}</span>
      </button>
    </th>
  );
}
