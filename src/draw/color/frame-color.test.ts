/** Colours of frames: the hue says the kind, the shade the package, and what a search did not find steps back. */
import {rgb} from 'd3-color';
import {expect, test} from 'vitest';
import {FrameKind} from '../../derive/labels/shape.ts';
import {FrameColors} from './frame-color.ts';
import {tokenOfKind, tokenOfState, type CanvasTheme} from './theme.ts';

const tokens = [...new Set([...Object.values(tokenOfKind), ...tokenOfState, 'panel', 'ink'])];
const theme = {...Object.fromEntries(tokens.map((token, i) => [token, `rgb(${40 + i * 10}, ${200 - i * 10}, 90)`])), panel: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', font: '', codeFont: ''} as unknown as CanvasTheme;

test('frames of one package and kind have one colour, and packages are told apart', () => {
  const colors = new FrameColors(theme);
  expect(colors.color(FrameKind.Go, 'main.a', true)).toBe(colors.color(FrameKind.Go, 'main.(*T).b', true));
  const packages = ['main.a', 'net/http.a', 'io.a', 'os.a', 'fmt.a', 'sync.a', 'bytes.a', 'strings.a'].map((name) => colors.color(FrameKind.Go, name, true));
  expect(new Set(packages).size).toBeGreaterThan(2);
});

test('growth, the runtime and what was not recorded have one colour each, whatever the name', () => {
  const colors = new FrameColors(theme);
  for (const kind of [FrameKind.Growth, FrameKind.Runtime, FrameKind.Gc, FrameKind.LostCaller, FrameKind.Unknown]) {
    expect(colors.color(kind, 'a.f', true)).toBe(rgb(theme[tokenOfKind[kind]]).formatRgb());
    expect(colors.color(kind, 'net/http.f', true)).toBe(colors.color(kind, 'a.f', true));
  }
});

test('what the search did not find lies nearer to the panel, for every kind', () => {
  const colors = new FrameColors(theme);
  const distance = (color: string) => {
    const {r, g, b} = rgb(color);
    return Math.hypot(255 - r, 255 - g, 255 - b);
  };
  for (const kind of Object.values(FrameKind)) expect(distance(colors.color(kind, 'main.f', false))).toBeLessThan(distance(colors.color(kind, 'main.f', true)));
});

test('every kind of frame and every state has a token', () => {
  for (const kind of Object.values(FrameKind)) expect(theme[tokenOfKind[kind]]).toBeDefined();
  expect(tokenOfState).toHaveLength(6);
});
