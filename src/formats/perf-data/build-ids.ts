/** Build ids of object files, from the header's list, from records of their own and from mappings, each once. */
import type {TraceBuilder} from '../../model/builder.ts';
import type {Cursor} from './cursor.ts';
import {kernelFile} from './mapped-file.ts';
import {CpuMode, MISC_BUILD_ID_SIZE, MISC_CPU_MODE} from './record-type.ts';

/** Header of an entry, pid, 24 bytes of build id: what stands before the name. */
export const BUILD_ID_BYTES = 36;
const SHA1_BYTES = 20;

export class BuildIds {
  readonly #build: TraceBuilder;
  /** By row of the object file's name. */
  readonly #known = new Map<number, string>();

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** Reads one entry, which is laid out like a HEADER_BUILD_ID record; false when it is none. */
  read(of: Cursor): boolean {
    const start = of.at;
    of.u32();
    const misc = of.u16();
    const sizeBytes = of.u16();
    of.u32();
    const id = of.take(24);
    if (of.overrun || sizeBytes < BUILD_ID_BYTES || start + sizeBytes > of.bytes.length) return false;
    const name = of.text(sizeBytes - BUILD_ID_BYTES);
    const idBytes = (misc & MISC_BUILD_ID_SIZE) !== 0 ? Math.min(id[SHA1_BYTES], SHA1_BYTES) : SHA1_BYTES;
    const isKernel = (misc & MISC_CPU_MODE) === CpuMode.Kernel;
    this.add(isKernel ? kernelFile(name).dso : name, id.subarray(0, idBytes));
    return true;
  }

  add(dso: string, id: Uint8Array): void {
    const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (dso === '' || /^0*$/.test(hex)) return;
    const dsoRow = this.#build.string(dso);
    if (this.#known.get(dsoRow) === hex) return;
    this.#known.set(dsoRow, hex);
    const {buildIds} = this.#build;
    const row = buildIds.add();
    buildIds.rows.dso[row] = dsoRow;
    buildIds.rows.buildId[row] = this.#build.string(hex);
  }

  /** The build id of an object file (row of strings); null when it is not known. */
  of(dsoRow: number): string | null {
    return this.#known.get(dsoRow) ?? null;
  }
}
