/** English: what binaries name, which are missing, and calls that the compiler inlined. */
import {counted} from './counted.ts';

export const symbols = {
  inlined: {
    word: 'inlined',
    partly: 'partly inlined',
    all: 'inlined by the compiler into its caller',
    some: 'some of these calls are inlined by the compiler into their callers',
  },
  kinds: {elf: 'ELF binary', debug: 'ELF debug file', kallsyms: 'kernel symbols', 'perf-map': 'perf map'},
  /** On the chip of a file. */
  kindWords: {elf: 'ELF', debug: 'debug file', kallsyms: 'kallsyms', 'perf-map': 'perf map'},
  /** Beside the formats of captures. */
  readable: 'binaries, kallsyms and perf maps, for the names of functions',
  names: (frames: string, files: string) => `${counted(frames, 'frame')} in ${counted(files, 'file')}`,
  namesNothing: 'names nothing yet',
  notUsed: {refused: 'not used: another build id', 'does-not-fit': 'not used: another build'},
  /** Why a binary is not used, in full. `capture`: the file with the samples; `dso`: the object file as it names it. */
  refused: (capture: string, dso: string, wanted: string, found: string) => `Not used: ${capture} was recorded with ${dso} of build id ${wanted}, and this file’s build id is ${found}. Its names would be wrong.`,
  refusedWithout: (capture: string, dso: string, wanted: string) => `Not used: ${capture} was recorded with ${dso} of build id ${wanted}, and this file has no build id. Its names may be wrong.`,
  doesNotFit: (capture: string, dso: string, fits: string, of: string) => `Not used: of ${of} addresses that ${capture} has in ${dso} only ${fits} are where code of this file can stand, so it is another build.`,
  /** For the ear, when a binary was opened. */
  opened: (name: string, use: string) => `${name}: ${use}`,
  fields: {kind: 'Kind', buildId: 'Build id', functions: 'Functions', go: 'Go version', names: 'Names'},
  none: 'none',
  goVersionUnknown: 'not known',
  wantedBy: (name: string) => `Object files of ${name}`,
  columns: {file: 'Object file', buildId: 'Build id', samples: 'Samples', state: 'Names'},
  samplesHelp: 'Samples with an address of this file in their stack that the capture has no name for',
  noBuildIdHelp: 'The capture recorded no build id: a file of the same name is used',
  states: {
    missing: 'missing',
    matched: (named: string, of: string, files: string) => `${named} of ${counted(of, 'frame')} named by ${files}`,
    refused: (file: string, found: string) => `missing: ${file} has another build id, ${found}`,
    refusedWithout: (file: string) => `missing: ${file} has no build id`,
    doesNotFit: (file: string) => `missing: ${file} is another build`,
    notAFile: 'memory that is no file',
  },
  memory: (name: string, samples: string) => `${name}: ${counted(samples, 'sample')}, memory that is no file`,
  more: (count: string) => `and ${counted(count, 'object file')} more`,
  noFile: 'no object file recorded',
  choose: 'Choose …',
  pick: (name: string) => `Choose the file ${name}`,
  /** In the headline; the file is a way to the list. */
  unnamed: '{share} of samples have addresses that {file} would name: open it too.',
  showWanted: 'Show which files would name how many samples',
  onlyBinaries: 'Only files with names of functions are open. Open a capture beside them: perf.data or perf script text.',
};
