/** Files on the command line -> one session, as the page makes of files that are dropped together. */
import type {FaultGroup} from '../base/fault.ts';
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {RecordedSource, Session, SessionSymbols} from '../derive/derivation.ts';
import {session} from '../derive/session.ts';
import {openFile} from '../formats/open.ts';
import {refusal} from '../symbols/resolve/refusal.ts';
import {WrongUse, type ExitCode} from './command.ts';
import {complain} from './complain.ts';
import {binariesFirst, distinctFiles, fileSource} from './files.ts';

/** Reads the files, in order, and says on standard error what could not be read, and which binaries are not those of the captures. */
export async function loadSession(files: readonly string[], offset: string | undefined): Promise<{session: Session; exitCode: ExitCode}> {
  const offsetNs = offset === undefined ? null : wholeNanoseconds(offset);
  const distinct = distinctFiles(files);
  const read = new Map<number, RecordedSource>();
  const symbols: SessionSymbols[] = [];
  let exitCode: ExitCode = 0;
  for (const id of await binariesFirst(distinct)) {
    const name = distinct[id];
    const opened = await openFile(fileSource(name), {breathe: () => Promise.resolve()}, async () => symbols);
    if (opened.is === 'capture') read.set(id, {id, name, trace: opened.trace});
    else if (opened.is === 'symbols') symbols.push({id, name, symbols: opened.symbols});
    if (report(name, opened.is === 'capture' ? opened.trace.faults : opened.is === 'unreadable' ? opened.faults : [])) exitCode = 1;
  }
  const sources = [...read.values()].sort((a, b) => a.id - b.id);
  symbols.sort((a, b) => a.id - b.id);
  const asRecorded = session(sources, new Map(), symbols);
  reportBinaries(asRecorded);
  if (offsetNs === null) return {session: asRecorded, exitCode};
  const choices = new Map<number, AlignmentChoice>();
  for (const [id, alignment] of asRecorded.axis.alignments) if (alignment.how === 'none') choices.set(id, {how: 'by-hand', offsetNs});
  const aligned = session(sources, choices, symbols);
  if ([...aligned.axis.alignments.values()].some((alignment) => alignment.how === 'none' && alignment.why === 'too-far')) throw new WrongUse('--offset puts a file more than 104 days from the first trace, where times are no longer exact to the nanosecond');
  return {session: aligned, exitCode};
}

/** Says what is worse than odd; true when something is fatal. */
function report(file: string, faults: readonly FaultGroup[]): boolean {
  for (const {severity, count, first, code} of faults) {
    if (severity === 'odd') continue;
    const {at, message} = first[0];
    const place = at?.line !== undefined ? `line ${at.line}: ` : at ? `byte ${at.byte}: ` : '';
    complain(file, `${place}${message}${count > 1 ? ` (${count} × ${code})` : ''}`);
  }
  return faults.some(({severity}) => severity === 'fatal');
}

/** Files of symbols that name nothing here, and why. */
function reportBinaries(open: Session): void {
  const accounts = open.symbols.length === 0 ? [] : open.sources.flatMap((source) => open.dsos(source).map((account) => ({capture: source.name, account})));
  for (const file of open.symbols) {
    let isOfUse = open.sources.some(({callers}) => callers?.named.has(file.name));
    for (const {capture, account} of accounts) {
      const {dso, state} = account;
      const refused = refusal(account, file);
      if (refused?.is === 'refused') complain(file.name, `not used: ${refused.found === null ? 'it has no build id' : `its build id is ${refused.found}`}, and ${capture} was recorded with ${dso} of build id ${refused.wanted}`);
      else if (refused) complain(file.name, `not used: of ${refused.of} addresses that ${capture} has in ${dso} only ${refused.fits} are where code of it can stand`);
      isOfUse ||= refused !== null || (state.is === 'matched' && state.files.includes(file.name));
    }
    if (!isOfUse) complain(file.name, 'no capture has addresses that it could name');
  }
}

function wholeNanoseconds(offset: string): bigint {
  if (!/^[+-]?\d+$/.test(offset)) throw new WrongUse(`--offset is a whole number of nanoseconds, not “${offset}”`);
  return BigInt(offset);
}
