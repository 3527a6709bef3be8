/** Running other programs from the repository root, their output streamed to ours. Node's own modules only: nothing may be installed yet. */
import {spawn, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program to its end; gives its exit code, 1 when it could not be started or was killed. */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {cwd: root, stdio: 'inherit', env: {...process.env, ...env}});
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs one of the programs that npm installed here, under this Node. */
export function runInstalled(script, args, env = {}) {
  return run(process.execPath, [script, ...args], env);
}

/** What a program prints, and how it ended; null when there is no such program. */
export function outputOf(command, args) {
  const {error, stdout, stderr, status} = spawnSync(command, args, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 28});
  return error ? null : {stdout, stderr, exitCode: status ?? 1};
}

/** Where the programs lie that npm installed. Called by their scripts: the links in .bin differ between systems. */
export const installed = {
  tsc: 'node_modules/@typescript/native/bin/tsc',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  cruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
  knip: 'node_modules/knip/bin/knip.js',
};
