/** Runs the built command line as a user's shell would: arguments in; what it prints and how it ends out. */
import {spawn, type ChildProcess} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';

/** The built program; MORESTACK_CLI names another build. */
export const program = process.env['MORESTACK_CLI'] ?? fileURLToPath(new URL('../../dist-cli/morestack.js', import.meta.url));

/** A line of `morestack growth --source trace`. Times above 2^53 are exact only where they are read as bigints. */
export interface Change<Time = number> {
  readonly timeNs: Time;
  readonly kind: string;
  readonly source: string;
  readonly goroutine: number;
  readonly tid: number;
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly durationNs: number;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program; the caller reads and ends it. */
export function startMorestack(args: readonly string[], env: Readonly<Record<string, string>> = {}, script = program): ChildProcess {
  if (!existsSync(script)) throw new Error('the command line is not built: npm run build');
  return spawn(process.execPath, [script, ...args], {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...env}});
}

/** Runs the program to its end. */
export function morestack(...args: string[]): Promise<Ended> {
  return ended(startMorestack(args));
}

/** What a started program prints until its end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const [stdout, stderr] = [textOf(child.stdout!), textOf(child.stderr!)];
  const exitCode = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  return {exitCode, stdout: await stdout, stderr: await stderr};
}

/** Runs the program and hands over its lines as they come, for output that is too long to hold; gives how it ended. */
export async function eachLine(args: readonly string[], onLine: (line: string) => void): Promise<Ended> {
  const child = startMorestack(args);
  const stderr = textOf(child.stderr!);
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  for await (const line of createInterface({input: child.stdout!, crlfDelay: Infinity})) onLine(line);
  return {exitCode: await ended, stdout: '', stderr: await stderr};
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-test-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

/** A file with this content that is gone after the test. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** What `text` says in one JSON value a line. Whole numbers that a double cannot hold come as bigint, so that nothing is lost here. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text.split('\n').filter(Boolean).map((line) => exactJson(line) as Record<string, unknown>);
}

/** JSON whose whole numbers beyond 2^53 stay exact. */
export function exactJson(text: string): unknown {
  const marked = text.replace(/("(?:[^"\\]|\\.)*")|-?\d{16,}(?![\d.eE])/g, (token, string?: string) => string ?? `"\\u0000${token}"`);
  return JSON.parse(marked, (_, value: unknown) => (typeof value === 'string' && value.startsWith('\u0000') ? exactNumber(value.slice(1)) : value));
}

function exactNumber(digits: string): number | bigint {
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}
