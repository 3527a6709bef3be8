/** Where stacks of a trace end toward the root: at a true root, where the recorder cut them off, or at morestack with its caller lost. */
import {text, type Trace} from '../../model/trace.ts';
import {FrameKind} from '../labels/shape.ts';

/** perf cuts a chain after 127 frames, the profiler inside the runtime after 64; both on the side of the root. */
const CUT_DEPTH: Readonly<Record<string, number>> = {'perf-script': 127, 'go-trace': 64};

/** Functions that nothing calls: a chain that begins with one is whole, however deep. */
const TRUE_ROOT = /^(?:runtime\.(?:goexit|rt0_go|mstart|morestack)(?:\.abi0)?|_start|clone3?|__clone3?|start_thread|ret_from_fork(?:_asm)?)$/;

const known = new WeakMap<Trace, {readonly isCut: Uint8Array}>();

/** `isCut`: 1 for stacks as deep as the recorder goes whose outermost frame is not known to be a root. Made once a trace; linear in its stacks. */
export function stackEnds(trace: Trace): {readonly isCut: Uint8Array} {
  let ends = known.get(trace);
  if (!ends) known.set(trace, (ends = {isCut: cutStacks(trace)}));
  return ends;
}

function cutStacks(trace: Trace): Uint8Array {
  const {stacks, format} = trace;
  const cutDepth = CUT_DEPTH[format] ?? Infinity;
  const depth = new Int32Array(stacks.length);
  const wholeRoot = new Uint8Array(stacks.length);
  const cut = new Uint8Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    depth[i] = parent < 0 ? 1 : depth[parent] + 1;
    if (parent >= 0) wholeRoot[i] = wholeRoot[parent];
    else wholeRoot[i] = isTrueRoot(trace, i) ? 1 : 0;
    cut[i] = depth[i] >= cutDepth && wholeRoot[i] === 0 ? 1 : 0;
  }
  return cut;
}

function isTrueRoot(trace: Trace, stack: number): boolean {
  return TRUE_ROOT.test(text(trace, trace.frames.name[trace.stacks.frame[stack]]) ?? '');
}

/**
 * What is lost between `parent` and the morestack below it. Folded stacks begin with the name of the program: what hangs under that alone
 * is a root as recorded.
 */
export function lostAbove(trace: Trace, parent: number): typeof FrameKind.LostCaller | typeof FrameKind.LostTwo {
  const isAtRoot = parent < 0 || (trace.stacks.parent[parent] < 0 && !isTrueRoot(trace, parent));
  return isAtRoot ? FrameKind.LostCaller : FrameKind.LostTwo;
}
