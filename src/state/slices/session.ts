/** The files that the user opened and what the worker says of them. What they hold is asked of the worker, see use-answer.ts. */
import type {StateCreator} from 'zustand/vanilla';
import type {Fault, FaultGroup} from '../../base/fault.ts';
import type {AlignmentChoice} from '../../derive/axis/shape.ts';
import type {SummaryAnswer} from '../../derive/summary/shape.ts';
import type {SessionNews} from '../../worker/client.ts';
import type {FileToOpen as WorkerFile, FormatInfo} from '../../worker/protocol.ts';
import type {FileHandle} from '../file-handles.ts';

/** A file to open; with a handle where the browser can open it again another day. */
export type FileToOpen = WorkerFile & {readonly handle?: FileHandle};

/** `reading`: bytes come in. `open`: all was read. `unreadable`: nothing could be. `failed`: a bug of ours, or bytes that did not come. */
export type SourcePhase = 'reading' | 'open' | 'unreadable' | 'failed';

export interface OpenSource {
  readonly id: number;
  readonly name: string;
  readonly phase: SourcePhase;
  /** Where it was read from; null: it was dropped or picked. */
  readonly url: string | null;
  /** Equal for files that look the same; null: not known yet, or never where its bytes can't be read. */
  readonly mark: string | null;
  readonly bytes: number;
  /** Size as stored; null: not known. */
  readonly ofBytes: number | null;
  /** How far it is read a second time, by other binaries; it stays what it is until then. null: it is not. */
  readonly again: {readonly bytes: number; readonly ofBytes: number | null} | null;
  /** Why it could not be read. Faults of an open source come with the summary. */
  readonly faults: readonly FaultGroup[];
}

/** A file that looks the same as one that is open, and was not opened. */
export interface SameFile {
  readonly file: FileToOpen;
  /** Id of the open one. */
  readonly open: number;
  readonly openName: string;
}

export interface SessionSlice {
  readonly sources: readonly OpenSource[];
  /** Grows with every change of what is open; 0: nothing was open yet. */
  readonly revision: number;
  /** Of what was open then; null: nothing was yet. */
  readonly summary: SummaryAnswer | null;
  /** Bytes of the worker's tables. */
  readonly heldBytes: number;
  readonly formats: readonly FormatInfo[];
  readonly sameFiles: readonly SameFile[];
  /** How sources are put on the axis, where the user chose. */
  readonly alignments: Readonly<Record<number, AlignmentChoice>>;
  /** Sources that were removed or aligned, until the worker says that it did so. */
  readonly awaited: readonly number[];
  /** Questions that failed by a bug of ours: each is told once. */
  readonly failures: readonly Fault[];
  /** The session worker itself broke; nothing works until the page is loaded anew. */
  readonly broken: Fault | null;
  openFiles(files: readonly FileToOpen[]): void;
  openSameFile(same: SameFile): void;
  dismissSameFile(same: SameFile): void;
  removeSource(id: number): void;
  /** Leaves a source as it is that is read again. */
  stopAgain(id: number): void;
  align(id: number, choice: AlignmentChoice | null): void;
  /** Tells the worker of alignments that came into the state by another way, as from the address. */
  tellAlignments(): void;
  failed(fault: Fault): void;
  dismissFailures(): void;
  heard(news: Exclude<SessionNews, {readonly kind: 'looked'}>): void;
}

/** What the slice needs of the worker's client. */
export interface SessionCommands {
  open(source: number, file: WorkerFile, evenIfOpen: boolean): void;
  remove(source: number): void;
  stopAgain(source: number): void;
  align(source: number, choice: AlignmentChoice | null): void;
}

/** `onRead`: a file was read to its end. */
export function sessionSlice(commands: SessionCommands, onRead: (file: FileToOpen) => void): StateCreator<SessionSlice, [], [], SessionSlice> {
  let nextId = 1;
  const files = new Map<number, FileToOpen>();
  /** What the worker was told. */
  const told = new Map<number, AlignmentChoice>();
  return (set, get) => {
    const change = (id: number, to: Partial<OpenSource>) => set(({sources}) => ({sources: sources.map((source) => (source.id === id ? {...source, ...to} : source))}));
    const open = (file: FileToOpen, evenIfOpen: boolean) => {
      const id = nextId++;
      files.set(id, file);
      const ofBytes = 'blob' in file ? file.blob.size : null;
      const name = freeName(file.name, get().sources);
      set(({sources}) => ({sources: [...sources, {id, name, phase: 'reading', url: 'url' in file ? file.url : null, mark: null, bytes: 0, ofBytes, again: null, faults: []}]}));
      // The worker reads bytes; whether there is a handle is no concern of it.
      commands.open(id, 'blob' in file ? {name, blob: file.blob} : {name, url: file.url}, evenIfOpen);
    };
    const forget = (id: number) => {
      files.delete(id);
      set(({sources, sameFiles}) => ({sources: sources.filter((source) => source.id !== id), sameFiles: sameFiles.filter((same) => same.open !== id)}));
    };
    const awaitChange = (id: number) => set(({awaited}) => ({awaited: [...awaited, id]}));
    const dismiss = (same: SameFile) => set(({sameFiles}) => ({sameFiles: sameFiles.filter((other) => other !== same)}));
    return {
      sources: [],
      revision: 0,
      summary: null,
      heldBytes: 0,
      formats: [],
      sameFiles: [],
      alignments: {},
      awaited: [],
      failures: [],
      broken: null,
      openFiles: (opened) => opened.forEach((file) => open(file, false)),
      openSameFile: (same) => {
        dismiss(same);
        open(same.file, true);
      },
      dismissSameFile: dismiss,
      removeSource: (id) => {
        forget(id);
        awaitChange(id);
        commands.remove(id);
      },
      stopAgain: (id) => commands.stopAgain(id),
      align: (id, choice) => {
        // Known before it is told: who hears of the state tells it no second time.
        if (choice) told.set(id, choice);
        else told.delete(id);
        set(({alignments: {[id]: _, ...others}}) => ({alignments: choice ? {...others, [id]: choice} : others}));
        awaitChange(id);
        commands.align(id, choice);
      },
      tellAlignments: () => {
        const {alignments, align} = get();
        for (const id of new Set([...told.keys(), ...Object.keys(alignments).map(Number)])) if (told.get(id) !== alignments[id]) align(id, alignments[id] ?? null);
      },
      failed: (fault) => set(({failures}) => (failures.some(({message}) => message === fault.message) ? {} : {failures: [...failures, fault]})),
      dismissFailures: () => set({failures: []}),
      heard: (news) => {
        switch (news.kind) {
          case 'ready':
            set({formats: news.formats});
            break;
          case 'identified':
            change(news.source, {mark: news.mark});
            break;
          case 'progress':
            change(news.source, {bytes: news.bytes, ofBytes: news.ofBytes});
            break;
          case 'again':
            change(news.source, {again: news.read});
            break;
          case 'changed':
            if (!news.partial) {
              const file = files.get(news.source);
              if (file && get().sources.some(({id, phase}) => id === news.source && phase === 'reading')) onRead(file);
              change(news.source, {phase: 'open'});
            }
            set(({awaited}) => ({revision: news.revision, summary: news.summary, heldBytes: news.heldBytes, awaited: awaited.filter((id) => id !== news.source)}));
            break;
          case 'unreadable':
            change(news.source, {phase: 'unreadable', faults: news.faults});
            break;
          case 'same-as': {
            const file = files.get(news.source);
            const openName = get().sources.find(({id}) => id === news.open)?.name ?? '';
            forget(news.source);
            if (file) set(({sameFiles}) => ({sameFiles: [...sameFiles, {file, open: news.open, openName}]}));
            break;
          }
          case 'failed': {
            const {fault, source} = news;
            if (source === null) set({broken: fault});
            else change(source, {phase: 'failed', faults: [{code: fault.code, severity: fault.severity, count: 1, first: [fault]}]});
            break;
          }
        }
      },
    };
  };
}

/** Files of several runs are often called the same: the second one is `trace.out (2)` wherever it is named. */
function freeName(name: string, sources: readonly OpenSource[]): string {
  const isTaken = (tried: string) => sources.some((source) => source.name === tried);
  let free = name;
  for (let i = 2; isTaken(free); i++) free = `${name} (${i})`;
  return free;
}
