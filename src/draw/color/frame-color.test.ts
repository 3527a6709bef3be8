/** Colours of frames: the hue says the kind, the shade the package, and what a search did not find steps back. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {rgb} from 'd3-color';
import {expect, test} from 'vitest';
import {FrameKind} from '../../derive/labels/shape.ts';
import {colorModes, FrameColors, kindKey, type ColorMode} from './frame-color.ts';
import {hueTokens, tokenOfKind, tokenOfState, type CanvasTheme} from './theme.ts';

const tokens = [...new Set<string>([...Object.values(tokenOfKind), ...tokenOfState, ...hueTokens, 'found', 'panel', 'ink', 'ink2', 'on-growth'])];
const theme = {...Object.fromEntries(tokens.map((token, i) => [token, `rgb(${20 + i * 7}, ${230 - i * 7}, 90)`])), panel: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', font: '', codeFont: ''} as unknown as CanvasTheme;
const colors = (mode: ColorMode = 'kind', ...back: string[]) => new FrameColors(theme, mode, new Set(back));
const frame = (kind: FrameKind, name = 'main.f', dso = '/srv/app') => ({kind, name, dso});
const CODE = [FrameKind.Go, FrameKind.Runtime, FrameKind.Gc, FrameKind.C, FrameKind.Kernel];

test('frames of one package and kind have one colour, and packages are told apart', () => {
  const given = colors();
  expect(given.look(frame(FrameKind.Go, 'main.a'), null).fill).toBe(given.look(frame(FrameKind.Go, 'main.(*T).b'), null).fill);
  const packages = ['main.a', 'net/http.a', 'io.a', 'os.a', 'fmt.a', 'sync.a', 'bytes.a', 'strings.a'].map((name) => given.look(frame(FrameKind.Go, name), null).fill);
  expect(new Set(packages).size).toBeGreaterThan(2);
});

test('growth and what was not recorded have one colour each, whatever the name, by kind, by package and by object file', () => {
  for (const mode of ['kind', 'package', 'dso'] as const) {
    for (const kind of [FrameKind.Growth, FrameKind.LostCaller, FrameKind.Unknown]) {
      expect(colors(mode).look(frame(kind, 'a.f'), null).fill).toBe(rgb(theme[tokenOfKind[kind]]).formatRgb());
      expect(colors(mode).look(frame(kind, 'net/http.f', '/lib/x'), null).fill).toBe(colors(mode).look(frame(kind, 'a.f'), null).fill);
    }
  }
});

test('by package a function of the runtime and one of the program differ only by their packages, never by their kind', () => {
  const given = colors('package');
  expect(given.look(frame(FrameKind.Go, 'main.f', '/a'), null).fill).toBe(given.look(frame(FrameKind.Gc, 'main.g', '/b'), null).fill);
  expect(given.keyOf(frame(FrameKind.Go, 'net/http.(*conn).serve'), false).key).toBe('package net/http');
});

test('by object file the name of the function has no say', () => {
  const given = colors('dso');
  expect(given.look(frame(FrameKind.Go, 'main.f', '/lib/a.so'), null).fill).toBe(given.look(frame(FrameKind.C, 'malloc', '/lib/a.so'), null).fill);
  expect(given.keyOf(frame(FrameKind.C, 'malloc', '/lib/a.so'), false).key).toBe('dso /lib/a.so');
});

test('by search only what was found has a colour, growth or not', () => {
  const given = colors('search');
  expect(given.look(frame(FrameKind.Growth), true).fill).toBe(given.look(frame(FrameKind.Kernel), true).fill);
  expect(given.look(frame(FrameKind.Growth), false).fill).toBe(given.look(frame(FrameKind.Kernel), false).fill);
  expect(given.look(frame(FrameKind.Go), true).fill).not.toBe(given.look(frame(FrameKind.Go), null).fill);
});

test('what the search did not find lies nearer to the panel, for every kind but the root and the groups under it', () => {
  const distance = (color: string) => {
    const {r, g, b} = rgb(color);
    return Math.hypot(255 - r, 255 - g, 255 - b);
  };
  for (const kind of Object.values(FrameKind)) {
    const [found, not] = [colors().look(frame(kind), true).fill, colors().look(frame(kind), false).fill];
    if (kind === FrameKind.Root || kind === FrameKind.Group) expect(not).toBe(found);
    else expect(distance(not)).toBeLessThan(distance(found));
  }
});

test('a key that steps back takes its frames with it and no other’s, in every mode', () => {
  for (const mode of ['kind', 'package', 'dso'] as const) {
    const one = frame(FrameKind.Go, 'main.f', '/a');
    const other = frame(FrameKind.Kernel, 'vfs_read', '[kernel]');
    const given = colors(mode, colors(mode).keyOf(one, false).key);
    expect([given.isBack(one, null), given.isBack(other, null)]).toEqual([true, false]);
    expect(given.look(one, null).ink).toBe(theme.ink2);
  }
  const lost = colors('kind', kindKey(FrameKind.LostCaller));
  expect([FrameKind.LostCaller, FrameKind.LostTwo, FrameKind.Cut].map((kind) => lost.isBack(frame(kind), null))).toEqual([true, true, true]);
});

test('every kind of frame and every state has a token', () => {
  for (const kind of Object.values(FrameKind)) expect(theme[tokenOfKind[kind]]).toBeDefined();
  expect(tokenOfState).toHaveLength(6);
});

/** The tokens as the page has them, by theme. */
function tokensOf(selector: string): Record<string, string> {
  const css = readFileSync(join(import.meta.dirname, '../../app/theme.css'), 'utf8');
  const body = css.slice(css.indexOf(`${selector} {`), css.indexOf('}', css.indexOf(`${selector} {`)));
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, token, color]) => [token, color]));
}

function luminance(color: string): number {
  const {r, g, b} = rgb(color);
  const [red, green, blue] = [r, g, b].map((value) => (value <= 10.3 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (a: string, b: string) => {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

test.each([[':root'], [":root[data-theme='dark']"]])('in %s every name can be read on its frame, in front and stepped back', (selector) => {
  const own = {...tokensOf(':root'), ...tokensOf(selector)} as unknown as CanvasTheme;
  for (const mode of colorModes) {
    for (const kind of [...CODE, FrameKind.Growth, FrameKind.LostCaller, FrameKind.Unknown]) {
      for (const name of ['main.a', 'net/http.b', 'io.c', 'os.d', 'fmt.e', 'sync.f', 'runtime.g', 'x/y.h', 'malloc']) {
        for (const isFound of [null, true, false]) {
          const given = new FrameColors(own, mode, new Set());
          const painted = frame(kind, name, `/lib/${name}`);
          expect(contrast(given.look(painted, isFound).ink, given.look(painted, isFound).fill), `${mode} ${kind} ${name} ${isFound}`).toBeGreaterThan(4.4);
        }
      }
    }
  }
});
