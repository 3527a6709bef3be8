/** Writes small ELF files for tests: code at one place, symbols, a build id, of either size of words and either byte order. */

/** A symbol; a function, global, in the code unless said. Types: 0 none, 1 object, 2 function, 10 indirect. Bindings: 0 local, 1 global, 2 weak. */
export interface DrawnSymbol {
  readonly name: string;
  readonly address: number | bigint;
  readonly sizeBytes?: number;
  readonly type?: number;
  readonly binding?: number;
  readonly visibility?: number;
  /** 0: of another file. */
  readonly section?: number;
}

export interface DrawnElf {
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
  /** 62 x86-64, 3 386, 183 arm64, 40 arm. */
  readonly machine?: number;
  /** 2 at its own address, 3 anywhere. */
  readonly type?: number;
  /** Where the code is loaded, and where in the file it is. */
  readonly address?: number | bigint;
  readonly fileOffset?: number;
  readonly code?: readonly number[];
  readonly symbols?: readonly DrawnSymbol[];
  readonly buildId?: string;
  /** As strip leaves it: symbols for others only. */
  readonly dynamicOnly?: boolean;
  /** As objcopy --only-keep-debug leaves it: the code is not there. */
  readonly debugFile?: boolean;
  /** Functions of other files, called by way of `.plt`, which begins at this address. */
  readonly plt?: {readonly address: number; readonly names: readonly string[]};
}

const CODE_SECTION = 1;

/** The bytes of the file. */
export function elfBytes(drawn: DrawnElf): Uint8Array<ArrayBuffer> {
  const {bits = 64, littleEndian = true, machine = 62, type = 2, address = 0x401000, fileOffset = 0x1000, code = [0xc3], symbols = [], plt} = drawn;
  const is64 = bits === 64;
  const word = is64 ? 8 : 4;
  const bytes: number[] = [];
  const put = (at: number, value: number | bigint, size: number) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(value), littleEndian);
    for (let i = 0; i < size; i++) bytes[at + i] = view.getUint8(littleEndian ? i : 8 - size + i);
  };
  const sections: {name: string; type: number; flags: number; address: number | bigint; at: number; size: number; link: number}[] = [{name: '', type: 0, flags: 0, address: 0, at: 0, size: 0, link: 0}];
  const add = (name: string, sectionType: number, content: readonly number[], {flags = 0, at = bytes.length, link = 0, loaded = 0 as number | bigint} = {}) => {
    content.forEach((byte, i) => (bytes[at + i] = byte));
    sections.push({name, type: sectionType, flags, address: loaded, at, size: content.length, link});
    return sections.length - 1;
  };

  const headBytes = is64 ? 64 : 52;
  const programBytes = is64 ? 56 : 32;
  bytes.length = headBytes + 2 * programBytes;
  add('.text', drawn.debugFile ? 8 : 1, drawn.debugFile ? [] : code, {flags: 6, at: fileOffset, loaded: address});
  if (drawn.debugFile) sections[1].size = code.length;
  const note = drawn.buildId === undefined ? [] : noteOf(drawn.buildId, put, bytes);
  const noteSection = add('.note.gnu.build-id', 7, note, {flags: 2, loaded: 0x400200});
  const own = table(symbols);
  if (drawn.dynamicOnly) {
    const strings = add('.dynstr', 3, own.strings);
    add('.dynsym', 11, own.entries, {link: strings, flags: 2, loaded: 0x400400});
  } else {
    const strings = add('.strtab', 3, own.strings);
    add('.symtab', 2, own.entries, {link: strings});
  }
  if (plt) {
    const called = table(plt.names.map((name) => ({name, address: 0, section: 0})));
    add('.plt', 1, Array.from({length: 16 * (plt.names.length + 1)}, () => 0x90), {flags: 6, loaded: plt.address});
    const strings = add('.dynstr', 3, called.strings);
    const dynamic = add('.dynsym', 11, called.entries, {link: strings, flags: 2, loaded: 0x400400});
    add('.rela.plt', 4, numbers(plt.names.flatMap((_, i) => [[0, word], [is64 ? BigInt(i + 1) << 32n : (i + 1) << 8, word], [0, word]])), {link: dynamic, flags: 2, loaded: 0x400500});
  }
  const names = [...text(sections.map(({name}) => `${name}\0`).join('')), ...text('.shstrtab\0')];
  add('.shstrtab', 3, names);
  const sectionsAt = Math.ceil(bytes.length / 8) * 8;
  writeHead(sectionsAt);
  writeSections(sectionsAt);
  return Uint8Array.from(Array.from(bytes, (byte) => byte ?? 0));

  function numbers(values: readonly (readonly [number | bigint, number])[]): number[] {
    const start = bytes.length;
    let at = start;
    for (const [value, size] of values) {
      put(at, value, size);
      at += size;
    }
    return bytes.splice(start, at - start);
  }

  function table(of: readonly DrawnSymbol[]): {strings: number[]; entries: number[]} {
    const strings = [0];
    const entries = Array.from({length: is64 ? 24 : 16}, () => 0);
    for (const symbol of of) {
      const nameAt = strings.length;
      strings.push(...text(`${symbol.name}\0`));
      const info = ((symbol.binding ?? 1) << 4) | (symbol.type ?? 2);
      const section = symbol.section ?? CODE_SECTION;
      const size = symbol.sizeBytes ?? 0;
      const other = symbol.visibility ?? 0;
      entries.push(...numbers(is64
        ? [[nameAt, 4], [info, 1], [other, 1], [section, 2], [symbol.address, 8], [size, 8]]
        : [[nameAt, 4], [symbol.address, 4], [size, 4], [info, 1], [other, 1], [section, 2]]));
    }
    return {strings, entries};
  }

  function writeHead(at: number): void {
    [0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, littleEndian ? 1 : 2, 1].forEach((byte, i) => (bytes[i] = byte));
    put(16, type, 2);
    put(18, machine, 2);
    put(20, 1, 4);
    put(24 + word, headBytes, word);
    put(24 + 2 * word, at, word);
    const counts = is64 ? 52 : 40;
    [headBytes, programBytes, 2, is64 ? 64 : 40, sections.length, sections.length - 1].forEach((value, i) => put(counts + 2 * i, value, 2));
    program(headBytes, 1, 5, fileOffset, address, drawn.debugFile ? 0 : code.length, code.length);
    program(headBytes + programBytes, 4, 4, sections[noteSection].at, 0x400200, note.length, note.length);
  }

  function program(at: number, programType: number, flags: number, offset: number, to: number | bigint, fileBytes: number, memoryBytes: number): void {
    put(at, programType, 4);
    const fields: [number, number | bigint][] = is64
      ? [[8, offset], [16, to], [24, to], [32, fileBytes], [40, memoryBytes]]
      : [[4, offset], [8, to], [12, to], [16, fileBytes], [20, memoryBytes]];
    for (const [into, value] of fields) put(at + into, value, word);
    put(at + (is64 ? 4 : 24), flags, 4);
  }

  function writeSections(at: number): void {
    const size = is64 ? 64 : 40;
    let nameAt = 0;
    sections.forEach((section, i) => {
      const start = at + i * size;
      put(start, nameAt, 4);
      put(start + 4, section.type, 4);
      [section.flags, section.address, section.at, section.size].forEach((value, field) => put(start + 8 + field * word, value, word));
      put(start + 8 + 4 * word, section.link, 4);
      put(start + size - 1, 0, 1);
      nameAt += section.name.length + 1;
    });
  }
}

function noteOf(buildId: string, put: (at: number, value: number, size: number) => void, bytes: number[]): number[] {
  const id = buildId.match(/../g)?.map((byte) => parseInt(byte, 16)) ?? [];
  const start = bytes.length;
  [4, id.length, 3].forEach((value, i) => put(start + 4 * i, value, 4));
  return [...bytes.splice(start, 12), ...text('GNU\0'), ...id];
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
