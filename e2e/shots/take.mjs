/**
 * `npm run shots -- [--only STATE,…] [--sizes 1600x900,…] [--themes light,dark] [--languages en,zh-CN] [--out FOLDER]`
 * Takes pictures of the built page in the states of states.ts, for people to look at. Without options: all of them, small, into e2e/shots;
 * with --out as PNG.
 */
import {spawnSync} from 'node:child_process';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: Object.fromEntries(['only', 'sizes', 'themes', 'languages', 'out'].map((name) => [name, {type: 'string'}]))});
const folder = import.meta.dirname;
const env = {...process.env};
for (const [name, value] of Object.entries(values)) env[`SHOTS_${name.toUpperCase()}`] = name === 'out' ? resolve(value) : value;
const cli = join(folder, '../../node_modules/@playwright/test/cli.js');
const {status} = spawnSync(process.execPath, [cli, 'test', '--config', join(folder, 'playwright.config.ts')], {stdio: 'inherit', env});
process.exitCode = status ?? 1;
