/** A command that prints JSON lines of each open capture, narrowed by the choice that all of them share. */
import type {Session, SessionSource} from '../derive/derivation.ts';
import {choice, choiceOptions, choiceUsage, type Choice} from './choice.ts';
import {readArguments, type Command} from './command.ts';
import {loadSession} from './load.ts';

/** `linesOf`: the lines of one capture, in order. */
export function lineCommand(name: string, summary: string, linesOf: (session: Session, source: SessionSource, chosen: Choice) => Iterable<string>): Command {
  return {
    name,
    usage: `${name} FILE… [--offset NS] ${choiceUsage}`,
    summary,
    async run(args, output) {
      const {files, values} = readArguments(args, {offset: {type: 'string'}, ...choiceOptions}, {least: 1});
      const {session, exitCode} = await loadSession(files, values.offset);
      const chosen = choice(session, values);
      for (const source of session.sources) {
        for (const line of linesOf(session, source, chosen)) {
          const wait = output.line(line);
          if (wait) await wait;
        }
      }
      return exitCode;
    },
  };
}
