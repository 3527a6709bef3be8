/** `morestack open [FILE…]`: serves the app on this machine and opens it with these files loaded. */
import type {Command} from './command.ts';

export const open: Command = {
  name: 'open',
  usage: 'open [FILE…] [--port N] [--no-browser]',
  summary: 'serves the app on a free port of this machine and opens it with these files',
  // Loaded when it is asked for: no other command needs a server.
  run: async (args, output) => (await import('./serve/serve-files.ts')).serveFiles(args, output),
};
