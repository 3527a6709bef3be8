/** Text from the clipboard as a file: what `perf script` printed may be pasted without ever having been one. */
import type {FileToOpen} from './slices/session.ts';

let pasted = 0;

/** A file of its own for each paste. */
export function pastedFile(text: string): FileToOpen {
  pasted++;
  return {name: `clipboard-${pasted}.txt`, blob: new Blob([text], {type: 'text/plain'})};
}
