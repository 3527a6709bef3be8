/** English: how files come in: by hand, by folder, from the clipboard, again from before. */
import {counted} from './counted.ts';

export const opening = {
  pick: 'Choose files …',
  pickFolder: 'Choose a folder …',
  paste: 'Paste',
  /** Where the browser does not let the page read the clipboard by itself. */
  pasteByKey: 'The browser keeps the clipboard to itself. Press Ctrl+V (⌘V).',
  nothingToPaste: 'There is no text in the clipboard.',
  dropHere: 'Drop to open',
  dropWhat: 'Files or folders: perf.data, perf script text, Go traces, folded stacks, binaries',
  dropBeside: 'They are opened beside what is open',
  looking: (name: string) => `Looking through ${name} …`,
  lookingAt: (name: string, count: string) => `Looking through ${name}: ${counted(count, 'file')} …`,
  folderOpened: (name: string, opened: string, files: string) => `${name}: opened ${opened} of ${counted(files, 'file')}.`,
  folderEmpty: (name: string) => `${name}: there is no file in it that could be looked at.`,
  folderNothing: (name: string, files: string) => `${name}: none of ${counted(files, 'file')} could be understood.`,
  folderCut: 'There is more in it than is looked at.',
  notUnderstood: (count: string) => `${count} not understood`,
  left: (count: string) => `${count} more can be read: drop them by themselves`,
  more: (count: string) => `… and ${count} more`,
  recent: 'Recent files',
  recentNote: 'Only where they are is kept, in this browser; what is in them is not.',
  open: (name: string) => `Open ${name}`,
  forget: (name: string) => `Forget ${name}`,
  forgetAll: 'Forget all',
  problems: {gone: 'no longer there', denied: 'not allowed by the browser'},
};
