/**
 * What samples tell of the user's stack beside its call chain: registers, and with `--call-graph dwarf` a copy of its lowest part, of which an
 * unwinder, where there is one, makes the chain. Without one the chain of user code is where the thread stood.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {StackEnd} from '../../model/tables.ts';
import type {CodeMap, StackDump, Unwinder, UnwindMachine, UserRegisters} from '../../symbols/unwind/shape.ts';
import type {BuildIds} from './build-ids.ts';
import type {CallChain} from './call-chain.ts';
import type {RecordedEvent} from './events.ts';
import type {RecordedProcess} from './processes.ts';
import {CpuMode} from './record-type.ts';
import {recordedNumbers, registerPlaces, REGISTER_COUNT, type RegisterPlaces} from './registers.ts';
import type {SampleParts} from './sample.ts';

/** Registers of 64 bits: others belong to programs of 32, whose chains are not unwound. */
const ABI_64 = 2;
const LOW = 0xffff_ffffn;

interface Layout {
  readonly places: RegisterPlaces;
  readonly numbers: readonly number[];
}

export class UserStacks {
  /** Told by the header; null: not known, and then registers have no names. */
  machine: UnwindMachine | null = null;
  readonly #build: TraceBuilder;
  readonly #buildIds: BuildIds;
  readonly #little: boolean;
  readonly #unwinder: Unwinder | null;
  readonly #values = new BigUint64Array(REGISTER_COUNT);
  readonly #layouts = new Map<bigint, Layout>();

  constructor(build: TraceBuilder, buildIds: BuildIds, little: boolean, unwinder: Unwinder | null) {
    this.#build = build;
    this.#buildIds = buildIds;
    this.#little = little;
    this.#unwinder = unwinder;
  }

  /** Whether stacks are unwound here. */
  get unwinds(): boolean {
    return this.#unwinder !== null;
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
    if (this.#unwinder && parts.stackBytes > 0 && places.stackPointer >= 0 && places.instructionPointer >= 0) {
      const {addresses, end} = this.#unwinder.unwind(this.#registers(view, parts, numbers, event, this.machine), this.#dump(view, parts, places), this.#code(process));
      for (const address of addresses) chain.address(Number(address & LOW), Number(address >> 32n), CpuMode.User, process);
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
      start: view.getBigUint64(parts.regsAt + places.stackPointer, this.#little),
      bytes: new Uint8Array(view.buffer, parts.stackAt, parts.stackBytes),
      littleEndian: this.#little,
    };
  }

  #code({space}: RecordedProcess): CodeMap {
    return {
      at: (address) => {
        const number = Number(BigInt.asIntN(64, address));
        const mapping = space.find(number);
        if (!mapping) return null;
        return {
          dso: mapping.name,
          buildId: this.#buildIds.of(mapping.dso),
          fileOffset: mapping.inFile ? BigInt(number - mapping.start) + BigInt(mapping.fileOffset) : null,
          start: BigInt.asUintN(64, BigInt(mapping.start)),
        };
      },
    };
  }

  #layout(recorded: bigint, machine: UnwindMachine): Layout {
    let layout = this.#layouts.get(recorded);
    if (!layout) this.#layouts.set(recorded, (layout = {places: registerPlaces(recorded, machine), numbers: recordedNumbers(recorded)}));
    return layout;
  }
}
