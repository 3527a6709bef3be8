/**
 * Which frames of a trace are looked up at their address, and which at the byte before it.
 *
 * A chain holds where the leaf was, and of every caller where the call returns to: that may already be the next line, or the next function. What a
 * kernel was entered from is no caller: the first frame below kernel frames is where the program was.
 */
import {text, type Trace} from '../../model/trace.ts';

/** How a frame stands in a chain. */
export const Role = {Exact: 1, Caller: 2} as const;

/** For each stack, the roles (bits of `Role`) in which its last frame is needed; 0: the stack is not. Cost: two passes over the stacks. */
export function stackRoles(trace: Trace): Uint8Array {
  const {parent, frame, length} = trace.stacks;
  const isKernel = kernelFrames(trace);
  const roles = new Uint8Array(length);
  for (const column of [trace.samples.stack, trace.goroutines.creatorStack, trace.states.stack, trace.spans.stack, trace.instants.stack]) {
    for (const stack of column) if (stack >= 0) roles[stack] |= Role.Exact;
  }
  for (let stack = length - 1; stack >= 0; stack--) {
    const below = parent[stack];
    if (roles[stack] !== 0 && below >= 0) roles[below] |= isEntry(isKernel, frame, stack, below) ? Role.Exact : Role.Caller;
  }
  return roles;
}

/** Whether `stack`, a kernel's, was entered from the program's `below`. */
export function isEntry(isKernel: Uint8Array, frame: Int32Array, stack: number, below: number): boolean {
  return isKernel[frame[stack]] === 1 && isKernel[frame[below]] === 0;
}

/** For each frame, 1 where it is a kernel's or a module's of it. */
export function kernelFrames(trace: Trace): Uint8Array {
  const isKernelFile = new Map<number, boolean>();
  const {dso, length} = trace.frames;
  const frames = new Uint8Array(length);
  for (let frame = 0; frame < length; frame++) {
    let is = isKernelFile.get(dso[frame]);
    if (is === undefined) isKernelFile.set(dso[frame], (is = isKernelName(text(trace, dso[frame]) ?? '')));
    if (is) frames[frame] = 1;
  }
  for (let row = 0; row < trace.unresolved.length; row++) if (trace.unresolved.address[row] >= KERNEL) frames[trace.unresolved.frame[row]] = 1;
  return frames;
}

/** Whether perf means a kernel, or a module of one, by the name. */
export function isKernelName(dso: string): boolean {
  return dso.startsWith('[kernel') || dso.startsWith('[guest.kernel') || dso.endsWith('.ko') || (/^\[[\w-]+\]$/.test(dso) && !USER_PARTS.has(dso));
}

/** Names in brackets that are parts of a process's memory. */
const USER_PARTS = new Set(['[vdso]', '[vdso32]', '[vdsox32]', '[vsyscall]', '[heap]', '[stack]', '[unknown]', '[anon]', '[uprobes]', '[vectors]', '[sigpage]']);

/** Kernels lie in the upper half of memory. */
export const KERNEL = 1n << 63n;
