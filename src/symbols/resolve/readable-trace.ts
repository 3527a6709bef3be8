/** A trace that names functions as compilers mangle them (`perf script --no-demangle`, folded stacks of it) → the same with the names that people write. */
import {PairIndex} from '../../base/columns/pair-index.ts';
import {text, type Trace} from '../../model/trace.ts';
import {isMangled, readableName} from '../names/readable-name.ts';
import {compacted} from './compacted.ts';
import {MoreFrames, MoreStrings} from './frame-table.ts';

/** The trace itself where no name is mangled. Frames that then are equal become one, and so do their stacks. Cost: linear in frames; in stacks too where one is. */
export function withReadableNames(trace: Trace): Trace {
  const {frames, stacks} = trace;
  const names = readableNames(trace);
  if (names.size === 0) return trace;
  const moreStrings = new MoreStrings(trace);
  const moreFrames = new MoreFrames(trace);
  const rows = new Map([...names].map(([name, readable]) => [name, moreStrings.row(readable)]));
  const frameOf = Int32Array.from({length: frames.length}, (_, row) => {
    const name = rows.get(frames.name[row]);
    return name === undefined ? row : moreFrames.row(name, frames.dso[row], frames.file[row], frames.line[row], frames.inlined[row]);
  });
  const made = new PairIndex();
  const of = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) of[stack] = made.intern(stacks.parent[stack] < 0 ? -1 : of[stacks.parent[stack]], frameOf[stacks.frame[stack]]);
  const {a: parent, b: frame} = made.finish();
  return compacted(trace, {parent, frame, of}, moreFrames.finish(), moreStrings.finish());
}

/** By row of the mangled name. */
function readableNames(trace: Trace): Map<number, string> {
  const {frames, strings, stringBytes} = trace;
  const names = new Map<number, string>();
  for (let row = 0; row < frames.length; row++) {
    const name = frames.name[row];
    if (name < 0 || strings.sizeBytes[name] < 3 || stringBytes[strings.startByte[name]] !== UNDERSCORE || names.has(name)) continue;
    const mangled = text(trace, name) ?? '';
    const readable = isMangled(mangled) ? readableName(mangled) : mangled;
    if (readable !== mangled) names.set(name, readable);
  }
  return names;
}

const UNDERSCORE = 0x5f;
