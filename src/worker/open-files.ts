/**
 * The files of a session: each is read by a worker of its own, until it is done, removed or cancelled. A capture with copies of stacks is read
 * again when binaries come or go by which they are unwound: what it was stays until then.
 */
import {fingerprint} from '../base/bytes/fingerprint.ts';
import type {Trace} from '../model/trace.ts';
import type {Symbols} from '../symbols/shape.ts';
import {knowsFrames} from '../symbols/unwind/shape.ts';
import type {FileToOpen, FromParser, FromSession, ToParser} from './protocol.ts';
import {Readers, type Reader} from './readers.ts';

interface OpenFile {
  readonly file: FileToOpen;
  /** Equal for files that look the same; null when that was not looked at. Of an address the address itself, until all its bytes came by. */
  mark: string | null;
  readonly evenIfOpen: boolean;
  parser: Reader | null;
  /** As it was parsed. */
  trace: Trace | null;
  /** Of a binary, kallsyms or a perf map. */
  symbols: Symbols | null;
  /** Reads the file anew, by other binaries. */
  reader: Reader | null;
  /** The binaries that the last reader was given, by their numbers. */
  binaries: string;
}

/** Open files by the number that the page gave each. */
export class OpenFiles {
  readonly #files = new Map<number, OpenFile>();
  readonly #post: (message: FromSession) => void;
  readonly #onRead: (source: number, isPartial: boolean) => void;
  readonly #readers: Readers;

  /** `cores`: of the machine. `onRead`: a file has a trace now, or another one than before; or symbols. */
  constructor(cores: number, post: (message: FromSession) => void, onRead: (source: number, isPartial: boolean) => void) {
    this.#readers = new Readers(cores);
    this.#post = post;
    this.#onRead = onRead;
  }

  /** Files that have a trace, in the order they were opened. */
  get traces(): {id: number; name: string; trace: Trace}[] {
    return [...this.#files].flatMap(([id, {file, trace}]) => (trace ? [{id, name: file.name, trace}] : []));
  }

  /** Files of symbols, in the order they were opened. */
  get symbols(): {id: number; name: string; symbols: Symbols}[] {
    return [...this.#files].flatMap(([id, {file, symbols}]) => (symbols ? [{id, name: file.name, symbols}] : []));
  }

  /** Whether more of the file is to come. */
  isReading(source: number): boolean {
    return (this.#files.get(source)?.parser ?? null) !== null;
  }

  async open(source: number, file: FileToOpen, evenIfOpen: boolean): Promise<void> {
    // Its place in the order is taken at once: looking at the bytes gives way to files that come later.
    const open: OpenFile = {file, mark: null, evenIfOpen, parser: null, trace: null, symbols: null, reader: null, binaries: ''};
    this.#files.set(source, open);
    const mark = 'blob' in file ? await fingerprint(file.blob).catch(() => null) : file.url;
    if (this.#files.get(source) !== open) return;
    const same = this.#sameAs(source, mark);
    if (same !== null && !evenIfOpen) {
      this.#files.delete(source);
      this.#post({kind: 'same-as', source, open: same});
      return;
    }
    if (mark !== null && 'blob' in file) this.#post({kind: 'identified', source, mark});
    const parsing: OpenFile = {...open, mark};
    this.#files.set(source, parsing);
    parsing.parser = this.#parse(parsing, (message) => this.#heard(source, parsing, message));
  }

  remove(source: number): void {
    const file = this.#files.get(source);
    file?.parser?.end();
    file?.reader?.end();
    this.#files.delete(source);
    this.#readAgain();
  }

  /** The binaries by which stacks are unwound. */
  get #binaries(): {id: number; name: string; symbols: Symbols}[] {
    return this.symbols.filter(({symbols}) => knowsFrames(symbols));
  }

  /** Reads those captures again whose stacks were unwound by other binaries than are open now. */
  #readAgain(): void {
    const now = numbersOf(this.#binaries);
    for (const [source, file] of this.#files) {
      if (!file.trace?.sampleStackEnd || file.parser || file.binaries === now) continue;
      file.reader?.end();
      file.reader = this.#parse(file, (message) => this.#heardAgain(source, file, message));
    }
  }

  /** It was read once, so of this time only the end counts; where it fails, the file stays as it was read then. */
  #heardAgain(source: number, file: OpenFile, message: FromParser): void {
    if (message.kind === 'progress' || message.kind === 'partial') return;
    file.reader = null;
    if (message.kind !== 'done') return;
    file.trace = message.trace;
    this.#onRead(source, false);
  }

  /** Number of another file that looks the same; null: none does. */
  #sameAs(source: number, mark: string | null): number | null {
    return [...this.#files].find(([id, other]) => id !== source && mark !== null && other.mark === mark)?.[0] ?? null;
  }

  #parse(open: OpenFile, heard: (message: FromParser) => void): Reader {
    const message = (maySplit: boolean): ToParser => {
      const binaries = this.#binaries;
      open.binaries = numbersOf(binaries);
      return {kind: 'parse', file: open.file, symbols: binaries.map(({name, symbols}) => ({name, symbols})), maySplit};
    };
    return this.#readers.read(open.file, message, heard);
  }

  #heard(source: number, file: OpenFile, message: FromParser): void {
    if (message.kind !== 'progress' && message.kind !== 'partial') file.parser = null;
    switch (message.kind) {
      case 'progress':
        this.#post({kind: 'progress', source, bytes: message.bytes, ofBytes: message.ofBytes});
        break;
      case 'partial':
        file.trace = message.trace;
        this.#onRead(source, true);
        break;
      case 'symbols':
      case 'done': {
        const same = this.#sameAs(source, message.mark);
        const hadTrace = file.trace !== null;
        if (same !== null && !file.evenIfOpen) {
          this.#files.delete(source);
          this.#post({kind: 'same-as', source, open: same});
          if (hadTrace) this.#onRead(source, false);
          break;
        }
        if (message.kind === 'symbols') file.symbols = message.symbols;
        else file.trace = message.trace;
        if (message.mark !== null) this.#post({kind: 'identified', source, mark: (file.mark = message.mark)});
        this.#onRead(source, false);
        this.#readAgain();
        break;
      }
      case 'unreadable':
        this.#files.delete(source);
        this.#post({kind: 'unreadable', source, faults: message.faults});
        break;
      case 'failed': {
        const hadTrace = file.trace !== null;
        this.#files.delete(source);
        if (hadTrace) this.#onRead(source, false);
        this.#post({kind: 'failed', ask: null, source, fault: message.fault});
        break;
      }
    }
  }
}

function numbersOf(files: readonly {readonly id: number}[]): string {
  return files.map(({id}) => id).join(' ');
}
