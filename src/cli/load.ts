/** Files on the command line -> one session, as the page makes of files that are dropped together. */
import type {FaultGroup} from '../base/fault.ts';
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
import {session} from '../derive/session.ts';
import {openTrace} from '../formats/open.ts';
import {WrongUse, type ExitCode} from './command.ts';
import {complain} from './complain.ts';
import {distinctFiles, fileSource} from './files.ts';

/** Reads the files, in order, and says on standard error what could not be read. */
export async function loadSession(files: readonly string[], offset: string | undefined): Promise<{session: Session; exitCode: ExitCode}> {
  const offsetNs = offset === undefined ? null : wholeNanoseconds(offset);
  const sources: SessionSource[] = [];
  let exitCode: ExitCode = 0;
  for (const [id, file] of distinctFiles(files).entries()) {
    const opened = await openTrace(fileSource(file), {breathe: () => Promise.resolve()});
    if (opened.trace) sources.push({id, name: file, trace: opened.trace});
    if (report(file, opened.trace?.faults ?? (opened.trace === null ? opened.faults : []))) exitCode = 1;
  }
  const asRecorded = session(sources, new Map());
  if (offsetNs === null) return {session: asRecorded, exitCode};
  const choices = new Map<number, AlignmentChoice>();
  for (const [id, alignment] of asRecorded.axis.alignments) if (alignment.how === 'none') choices.set(id, {how: 'by-hand', offsetNs});
  const aligned = session(sources, choices);
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

function wholeNanoseconds(offset: string): bigint {
  if (!/^[+-]?\d+$/.test(offset)) throw new WrongUse(`--offset is a whole number of nanoseconds, not “${offset}”`);
  return BigInt(offset);
}
