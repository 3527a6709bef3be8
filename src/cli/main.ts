/** The command line: the engine of the page, without the page. Documented in docs/cli.md. */
import {choiceHelp, choiceUsage} from './choice.ts';
import {WrongUse, type Command, type ExitCode} from './command.ts';
import {complain} from './complain.ts';
import {events} from './events.ts';
import {fold} from './fold.ts';
import {functions} from './functions.ts';
import {goroutines} from './goroutines.ts';
import {growth} from './growth.ts';
import {inspect} from './inspect.ts';
import {open} from './open.ts';
import {samples} from './samples.ts';
import {switches} from './switches.ts';
import {Output} from './output.ts';

const commands: readonly Command[] = [inspect, samples, fold, events, growth, goroutines, functions, switches, open];

function help(): string {
  return `usage: morestack COMMAND …\n\n${commands.map(({usage, summary}) => `  ${usage}\n      ${summary}`).join('\n')}\n\n${choiceHelp}\n`;
}

async function main(): Promise<ExitCode> {
  const [name, ...args] = process.argv.slice(2);
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    process.stderr.write(`${name === undefined ? '' : `morestack: no command “${name}”\n`}${help()}`);
    return 2;
  }
  const output = new Output();
  try {
    const code = await command.run(args, output);
    await output.flush();
    return code;
  } catch (error) {
    if (error instanceof WrongUse) {
      process.stderr.write(`morestack: ${error.message}\nusage: morestack ${command.usage}\n${command.usage.includes(choiceUsage) ? `${choiceHelp}\n` : ''}`);
      return 2;
    }
    if (isFileError(error)) {
      complain(error.path ?? '', error.message);
      return 1;
    }
    throw error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

process.exitCode = await main();
