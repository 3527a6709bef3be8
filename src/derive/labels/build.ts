/** Labels of frames: the name as recorded; `[file of the DSO]` where there is no symbol, as the collapse tools write it. */
import {text, type Trace} from '../../model/trace.ts';
import {FrameKind, type Labels} from './shape.ts';

/** Labels of every frame of a trace. */
export function labels(trace: Trace): Labels {
  const {frames} = trace;
  const rows = new Map<string, number>();
  const names: string[] = [];
  const kinds: number[] = [];
  const dsos: number[] = [];
  const kindOfDso = new Map<number, FrameKind | null>();
  const ofFrame = new Int32Array(frames.length);
  for (let i = 0; i < frames.length; i++) {
    const dso = text(trace, frames.dso[i]);
    let dsoKind = kindOfDso.get(frames.dso[i]);
    if (dsoKind === undefined) kindOfDso.set(frames.dso[i], (dsoKind = isKernel(dso) ? FrameKind.Kernel : null));
    const name = text(trace, frames.name[i]) ?? nameless(dso);
    const kind = dsoKind ?? (frames.name[i] < 0 || (frames.restored[i] === 1 && ADDRESS.test(name)) ? FrameKind.Unknown : kindOfFunction(name));
    const key = `${kind} ${name}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = names.length;
      rows.set(key, row);
      names.push(name);
      kinds.push(kind);
      dsos.push(frames.dso[i]);
    }
    ofFrame[i] = row;
  }
  return {ofFrame, names, kind: Uint8Array.from(kinds), dso: Int32Array.from(dsos)};
}

/** What stands for a frame without a symbol. */
export function nameless(dso: string | null): string {
  const file = dso === null || dso === '[unknown]' ? '' : (dso.split('/').at(-1) ?? '');
  return file === '' ? '[unknown]' : `[${file.replace(/^\[|\]$/g, '')}]`;
}

/** The kernel and its modules are in brackets, as are a few mappings of user space. */
function isKernel(dso: string | null): boolean {
  return dso !== null && /^\[.*\]/.test(dso) && !/^\[(?:unknown|vdso|vsyscall|heap|stack|anon|uprobes|JIT\])/.test(dso);
}

/** What a probe told and no binary names. */
const ADDRESS = /^0x[0-9a-f]+$/;

const GC = /^runtime\.(?:gc[A-Z]|\(\*gc|scan|mark|grey|sweep|bgs|bgsweep|bgscavenge|wb|\(\*sweep|\(\*mspan\)\.sweep|findObject|heapBits|\(\*gcWork\)|\(\*gcBits)/;
const RUNTIME = /^(?:runtime|internal\/runtime|runtime\/internal)[./]|^(?:gogo|callRet|memeqbody|cmpbody|indexbytebody|aeshashbody|gosave_systemstack_switch|_rt0_)/;
/** Parts that C compilers cut functions into: `_int_free.part.0`, `inflate.constprop.0.cold`. */
const C_PART = /\.(?:part|constprop|isra|cold|lto_priv|llvm)\.\d+(?:\.|$)/;
const GO = /^(?:[\w.~%-]+\/)*[\w~%-]+\.[\w(*[]|^go:|^type:/;

function kindOfFunction(name: string): FrameKind {
  if (GC.test(name)) return FrameKind.Gc;
  if (RUNTIME.test(name)) return FrameKind.Runtime;
  if (/^_?_?cgo|^crosscall|_Cfunc_/.test(name) || C_PART.test(name) || name.includes('::')) return FrameKind.C;
  return GO.test(name) ? FrameKind.Go : FrameKind.C;
}
