/**
 * `npm test`: installs what the checks need on a machine that has only Node, then runs them. Node's own modules only.
 * A Chromium: one that is there, else Debian's, else Playwright's. Chinese glyphs: the font that shows whether text is cut.
 */
import {chromiumPath} from './chromium.mjs';
import {installed, outputOf, run, runInstalled} from './commands.mjs';
import {installPackages} from './packages.mjs';

if ((await installPackages()) !== 0) end('npm could not install the packages of package-lock.json.');
if (!chromiumPath()) await installDebianPackage('chromium');
if (!chromiumPath()) await runInstalled(installed.playwright, ['install', 'chromium']);
if (!chromiumPath()) end('The tests in a browser need Chromium: install it (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH.');
if (!hasChineseFont()) await installDebianPackage('fonts-noto-cjk');
if (!hasChineseFont()) console.log('There is no Chinese font and none could be installed: Chinese text will be shown as boxes.');
process.exitCode = await run('npm', ['run', '--silent', 'check'], {CHROMIUM_PATH: chromiumPath()});

function hasChineseFont() {
  return (outputOf('fc-list', [':lang=zh'])?.stdout ?? '').trim() !== '';
}

/** True when it could be installed. Elsewhere than on Debian there is no apt-get, and the next way is tried. */
async function installDebianPackage(name) {
  if (!outputOf('apt-get', ['--version'])) return false;
  const isRoot = process.getuid?.() === 0;
  const aptGet = (...words) => (isRoot ? run('apt-get', words, {DEBIAN_FRONTEND: 'noninteractive'}) : run('sudo', ['-n', 'apt-get', ...words]));
  return (await aptGet('update', '-qq')) === 0 && (await aptGet('install', '-y', '-qq', '--no-install-recommends', name)) === 0;
}

/** Stops with a sentence, and with the count that whoever started this looks for. */
function end(sentence) {
  console.log(sentence);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
