/**
 * What samples tell of the user's stack beside its call chain: registers, and with `--call-graph dwarf` a copy of its lowest part, of which an
 * unwinder makes the chain.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {StackEnd} from '../../model/tables.ts';
import type {CodeMap, MappedCode, StackDump, Unwinder, UnwindMachine, UserRegisters} from '../../symbols/unwind/shape.ts';
import {unwinder} from '../../symbols/unwind/unwinder.ts';
import type {Mapping} from './address-space.ts';
import type {BuildIds} from './build-ids.ts';
import type {CallChain} from './call-chain.ts';
import type {RecordedEvent} from './events.ts';
import type {RecordedProcess} from './processes.ts';
import {CpuMode} from './record-type.ts';
import {recordedNumbers, registerPlaces, REGISTER_COUNT, type RegisterPlaces} from './registers.ts';
import type {SampleParts} from './sample.ts';

/** Registers of 64 bits: others belong to programs of 32, whose chains are not unwound. */
const ABI_64 = 2;
const HALF = 2 ** 32;
const NOTHING = new Uint8Array(0);

interface Layout {
  readonly places: RegisterPlaces;
  readonly numbers: readonly number[];
}

export class UserStacks {
  /** Told by the header; null: not known, and then registers have no names. */
  machine: UnwindMachine | null = null;
  unwinder: Unwinder = unwinder([]);
  readonly #build: TraceBuilder;
  readonly #buildIds: BuildIds;
  readonly #little: boolean;
  readonly #values = new BigUint64Array(REGISTER_COUNT);
  readonly #layouts = new Map<bigint, Layout>();
  readonly #mapped = new WeakMap<Mapping, MappedCode>();

  constructor(build: TraceBuilder, buildIds: BuildIds, little: boolean) {
    this.#build = build;
    this.#buildIds = buildIds;
    this.#little = little;
  }

  /** Adds the registers of sample `row`, where it has them. */
  registers(row: number, view: DataView, event: RecordedEvent, parts: SampleParts): void {
    if (parts.regsAbi !== ABI_64 || !this.machine) return;
    const {places} = this.#layout(event.attributes.regsUser, this.machine);
    if (places.stackPointer < 0) return;
    const {registers} = this.#build;
    const at = registers.add();
    registers.rows.sample[at] = row;
    registers.rows.stackPointer[at] = view.getBigUint64(parts.regsAt + places.stackPointer, this.#little);
    registers.rows.g[at] = places.g < 0 ? 0n : view.getBigUint64(parts.regsAt + places.g, this.#little);
  }

  /** Adds the user's frames to a chain that has none because the stack was copied instead; says how they end. */
  extend(chain: CallChain, view: DataView, event: RecordedEvent, parts: SampleParts, process: RecordedProcess): StackEnd {
    if (parts.regsAbi !== ABI_64 || !this.machine) return StackEnd.Unknown;
    const {places, numbers} = this.#layout(event.attributes.regsUser, this.machine);
    if (places.stackPointer >= 0 && places.instructionPointer >= 0) {
      const {addresses, end} = this.unwinder.unwind(this.#registers(view, parts, numbers, event, this.machine), this.#dump(view, parts, places), this.#code(process));
      for (const address of addresses) chain.address(address >>> 0, Math.floor(address / HALF), CpuMode.User, process);
      if (end === StackEnd.EndOfDump) this.#endsWithCopy(parts.stackBytes);
      return end;
    }
    if (places.instructionPointer >= 0) {
      const at = parts.regsAt + places.instructionPointer;
      chain.address(view.getUint32(at + (this.#little ? 0 : 4), this.#little), view.getUint32(at + (this.#little ? 4 : 0), this.#little), CpuMode.User, process);
    }
    return StackEnd.Unknown;
  }

  #registers(view: DataView, parts: SampleParts, numbers: readonly number[], event: RecordedEvent, machine: UnwindMachine): UserRegisters {
    this.#values.fill(0n);
    for (let i = 0; i < numbers.length; i++) this.#values[numbers[i]] = view.getBigUint64(parts.regsAt + 8 * i, this.#little);
    return {machine, values: this.#values, recorded: event.attributes.regsUser};
  }

  #dump(view: DataView, parts: SampleParts, places: RegisterPlaces): StackDump {
    return {
      start: Number(view.getBigUint64(parts.regsAt + places.stackPointer, this.#little)),
      bytes: parts.stackBytes > 0 ? new Uint8Array(view.buffer, view.byteOffset + parts.stackAt, parts.stackBytes) : NOTHING,
      littleEndian: this.#little,
    };
  }

  #code({space}: RecordedProcess): CodeMap {
    return {
      at: (address) => {
        const mapping = space.find(address);
        return mapping && this.#mappedCode(mapping);
      },
    };
  }

  #mappedCode(mapping: Mapping): MappedCode {
    let code = this.#mapped.get(mapping);
    if (!code) {
      const {start, end, name, dso, inFile, fileOffset} = mapping;
      this.#mapped.set(mapping, (code = {start, end, dso: name, buildId: this.#buildIds.of(dso), fileOffset: inFile ? fileOffset : null}));
    }
    return code;
  }

  #endsWithCopy(stackBytes: number): void {
    this.#build.faults.report('odd', 'perf-data/end-of-dump', () => ({
      message: `The copy of a stack, of ${stackBytes} bytes, ended before the chain of callers did. \`perf record --call-graph dwarf,65528\` copies as much as can be.`,
    }));
  }

  #layout(recorded: bigint, machine: UnwindMachine): Layout {
    let layout = this.#layouts.get(recorded);
    if (!layout) this.#layouts.set(recorded, (layout = {places: registerPlaces(recorded, machine), numbers: recordedNumbers(recorded)}));
    return layout;
  }
}
