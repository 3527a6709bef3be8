/**
 * How call chains end toward the root: at a function that nothing calls, where the stack was switched, where the recorder stops counting, or with
 * the caller lost. Known by the outermost frame and by how many there are; of samples whose copied stacks were unwound it was said then.
 */
import {StackEnd} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';

/** perf cuts a chain after 127 frames, the profiler inside the runtime after 64; both on the side of the root. */
const MOST_FRAMES: Readonly<Record<string, number>> = {'perf-script': 127, 'perf-data': 127, 'go-trace': 64};

/** Functions that nothing calls. */
const ROOT = /^(?:runtime\.(?:goexit|rt0_go|mstart)|_rt0_\w+|_start|clone3?|__clone3?|start_thread|ret_from_fork(?:_asm)?|secondary_startup_64\w*)$/;
/** Functions that go on on another stack. Frame pointers end there, save where the linked list was kept up. */
const SWITCH = /^(?:runtime\.(?:morestack(?:_noctxt)?|mcall|systemstack|asmcgocall|sigtramp)|gosave_systemstack_switch)$/;

/** For every stack one of `StackEnd`. Of samples with one chain that end otherwise, the end of the copy counts. Cost: linear in the stacks, and in unwound samples. */
export function chainEnds(trace: Trace): Uint8Array {
  const ends = endsByFrames(trace);
  const {samples: {stack}, sampleStackEnd} = trace;
  sampleStackEnd?.forEach((end, i) => {
    if (end !== StackEnd.Unknown && stack[i] >= 0 && ends[stack[i]] !== StackEnd.EndOfDump) ends[stack[i]] = end;
  });
  return ends;
}

function endsByFrames(trace: Trace): Uint8Array {
  const {stacks: {length, parent, frame}, frames, format} = trace;
  const most = MOST_FRAMES[format] ?? Infinity;
  // Of text without call chains nothing was lost: there was none to record.
  const tellsLoss = format.startsWith('perf-') && parent.some((above) => above >= 0);
  const depth = new Int32Array(length);
  const ends = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const above = parent[i];
    // Inlined calls have no frame of their own on the stack that is recorded.
    depth[i] = (above < 0 ? 0 : depth[above]) + 1 - Math.max(frames.inlined[frame[i]], frames.restored[frame[i]]);
    // What was restored stands above the end of what was recorded.
    const isOutermost = above < 0 || (frames.restored[frame[above]] === 1 && depth[above] === 0);
    ends[i] = isOutermost ? endOfRoot(trace, frame[i], tellsLoss) : ends[above];
    if (depth[i] >= most && ends[i] !== StackEnd.Root && ends[i] !== StackEnd.Switch) ends[i] = StackEnd.DepthLimit;
  }
  return ends;
}

function endOfRoot(trace: Trace, frame: number, tellsLoss: boolean): StackEnd {
  const name = text(trace, trace.frames.name[frame])?.replace(/\.abi0$/, '');
  if (name === undefined) return StackEnd.Unknown;
  if (ROOT.test(name)) return StackEnd.Root;
  if (SWITCH.test(name)) return StackEnd.Switch;
  // Below the kernel's frames a program's may be missing because they were not asked for.
  const isKernel = /^\[(?:kernel|guest)/.test(text(trace, trace.frames.dso[frame]) ?? '');
  return tellsLoss && !isKernel ? StackEnd.Lost : StackEnd.Unknown;
}
