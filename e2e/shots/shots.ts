/** Takes the pictures: every state at every size, in both themes; at one size in Chinese too. `take.mjs` says what of it. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {BrowserContext} from '@playwright/test';
import {test} from '../pages/app.ts';
import {statesOfExamples, statesOfPage, type Reach} from './states.ts';

const env = (name: string) => process.env[`SHOTS_${name}`];
const listed = (name: string, all: readonly string[]) => env(name)?.split(',') ?? all;
/** Where they are kept in the project they are small; elsewhere they are as the screen was. */
const keeps = env('OUT') === undefined;
const out = env('OUT') ?? import.meta.dirname;
const WEBP_QUALITY = 0.4;

const all: {readonly name: string; readonly sizes: readonly string[]; readonly themes: readonly ('light' | 'dark')[]; readonly states: readonly string[]}[] = [
  {name: 'en', sizes: ['1280x720', '1600x900', '2560x1440'], themes: ['light', 'dark'], states: Object.keys(statesOfPage)},
  {name: 'en', sizes: ['1600x900'], themes: ['light', 'dark'], states: Object.keys(statesOfExamples)},
  {name: 'zh-CN', sizes: ['1600x900'], themes: ['light'], states: ['empty', 'recursion', 'recursion-goroutine', 'perf-alone', 'all-faults']},
];
const states: Readonly<Record<string, Reach>> = {...statesOfPage, ...statesOfExamples};
const unknown = [...new Set(listed('ONLY', []))].filter((state) => !(state in states));
if (unknown.length > 0) throw new Error(`no state ${unknown.join(', ')}; there are ${Object.keys(states).join(', ')}`);

for (const set of all) {
  const themes = set.themes.filter((theme) => listed('THEMES', set.themes).includes(theme));
  const sizes = env('SIZES') === undefined ? set.sizes : listed('SIZES', []);
  const chosen = set.states.filter((state) => listed('ONLY', set.states).includes(state));
  if (!listed('LANGUAGES', [set.name]).includes(set.name)) continue;
  for (const theme of themes) {
    test.describe(() => {
      test.use({colorScheme: theme, locale: set.name});
      for (const state of chosen) {
        test(`${state}, ${theme}, ${set.name}`, async ({app, context}) => {
          await app.page.setViewportSize(sizeOf(sizes[0]));
          await app.visit();
          await states[state](app);
          for (const size of sizes) {
            await app.page.setViewportSize(sizeOf(size));
            if (state !== 'loading') await app.atRest();
            const name = `${state}-${size}-${theme}${set.name === 'en' ? '' : `-${set.name}`}`;
            const png = await app.page.screenshot();
            mkdirSync(out, {recursive: true});
            if (keeps) writeFileSync(join(out, `${name}.webp`), await webp(png, context));
            else writeFileSync(join(out, `${name}.png`), png);
          }
        });
      }
    });
  }
}

function sizeOf(size: string): {width: number; height: number} {
  const [width, height] = size.split('x').map(Number);
  return {width, height};
}

/** A picture as WebP, which the browser itself can write. */
async function webp(png: Buffer, context: BrowserContext): Promise<Buffer> {
  const encoder = await context.newPage();
  const base64 = await encoder.evaluate(async ([text64, quality]) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text64), (char) => char.charCodeAt(0))], {type: 'image/png'}));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({type: 'image/webp', quality})).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }, [png.toString('base64'), WEBP_QUALITY] as const);
  await encoder.close();
  return Buffer.from(base64, 'base64');
}
