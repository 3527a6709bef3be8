/** What a command of the command line is, and how its arguments are read. */
import {parseArgs} from 'node:util';
import type {Output} from './output.ts';

/** 0: done. 1: a file could not be read as anything, or broke off. 2: wrong use. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  /** How it is called, after `morestack`. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], output: Output): Promise<ExitCode>;
}

/** Wrong use: the message goes to standard error with the usage, and the exit code is 2. */
export class WrongUse extends Error {}

type Options = Readonly<Record<string, {readonly type: 'string' | 'boolean'}>>;
type Values<O extends Options> = {readonly [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : string};

/** Parts options from file names. Throws `WrongUse` for an unknown option, a missing value, or too few or many files. */
export function readArguments<const O extends Options>(args: readonly string[], options: O, files: {least: number; most?: number}): {files: string[]; values: Values<O>} {
  let parsed;
  try {
    parsed = parseArgs({args: withNegativeNumbers(args, options), options, allowPositionals: true, strict: true});
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
  const {positionals, values} = parsed;
  if (positionals.length < files.least) throw new WrongUse('which file?');
  if (positionals.length > (files.most ?? Infinity)) throw new WrongUse(`expected ${files.most} file, got ${positionals.length}`);
  return {files: positionals, values: values as Values<O>};
}

/** `--offset -5` as `--offset=-5`: a number below zero would be taken for an option. */
function withNegativeNumbers(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const awaitsValue = last?.startsWith('--') && options[last.slice(2)]?.type === 'string';
    if (awaitsValue && /^-\d+$/.test(arg)) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
