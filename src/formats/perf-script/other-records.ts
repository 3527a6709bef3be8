/**
 * Records that are no samples (`--show-mmap-events`, `--show-task-events`, …): counted by name; mappings are kept, since symbols
 * are found with them, and lost samples are told.
 */
import type {TraceBuilder} from '../../model/builder.ts';

const MAPPING = /PERF_RECORD_MMAP2? (-?\d+)\/-?\d+: \[(0x[0-9a-f]+|0)\((0x[0-9a-f]+|0)\) @ (0x[0-9a-f]+|0)[^\]]*\]: \S+ (.*)$/;
const LOST = /PERF_RECORD_LOST(?:_SAMPLES)? lost (\d+)/;
const NAME = /(?:^|\s)(PERF_RECORD_[A-Z0-9_]+)/;

export class OtherRecords {
  readonly #build: TraceBuilder;

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** Reads a line that may be such a record; gives its name, or null when it is none. */
  read(line: string, at: {byte: number; line: number}): string | null {
    const name = NAME.exec(line)?.[1];
    if (!name) return null;
    this.#build.notKept(name);
    const lost = LOST.exec(line);
    if (lost) {
      this.#build.faults.report('odd', 'perf-script/lost', () => ({
        message: `perf lost ${lost[1]} samples here: the kernel wrote faster than perf could read. Shares of samples are of those that were kept.`,
        at,
        excerpt: line.trim(),
      }));
    }
    const mapping = MAPPING.exec(line);
    if (mapping) this.#mapping(mapping);
    return name;
  }

  #mapping([, pid, start, size, offset, file]: RegExpExecArray): void {
    const {mappings} = this.#build;
    const row = mappings.add();
    mappings.rows.process[row] = this.#build.process(Number(pid));
    mappings.rows.startAddress[row] = BigInt(start);
    mappings.rows.sizeBytes[row] = BigInt(size);
    mappings.rows.fileOffset[row] = BigInt(offset);
    mappings.rows.dso[row] = this.#build.string(file.trim());
  }
}
