/** Says on standard error what is wrong with a file. */
export function complain(file: string, message: string): void {
  process.stderr.write(`morestack: ${file}: ${message}\n`);
}
