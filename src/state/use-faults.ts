/** What was wrong with the open files, and with those that could not be opened. */
import type {FaultGroup} from '../base/fault.ts';
import {useScope} from './use-scope.ts';
import {useStore} from './use-store.ts';

/** All faults of one code in one file. */
export interface FaultOfFile {
  /** Id of the source: two files may have one name. */
  readonly id: number;
  readonly file: string;
  readonly group: FaultGroup;
}

/** File by file, in the order they were opened; the worst of a file first. */
export function useFaults(): readonly FaultOfFile[] {
  const sources = useStore((state) => state.sources);
  const summary = useScope()?.summary;
  return sources.flatMap(({id, name, faults}) => [...faults, ...(summary?.sources.find((source) => source.id === id)?.faults ?? [])].map((group) => ({id, file: name, group})));
}
