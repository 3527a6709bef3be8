/** Colour of a frame: the hue says the kind of code, small steps of lightness keep neighbouring packages apart. */
import {rgb, type RGBColor} from 'd3-color';
import {packageOf} from '../../base/short-name.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import {tokenOfKind, type CanvasTheme} from './theme.ts';

/** How far packages of one kind lie from the token, toward the panel's colour or away from it. */
const SHADES = [0, 0.14, -0.05, 0.26, -0.1] as const;
/** Growth is one colour, and what was not recorded has no package. */
const SHADED: ReadonlySet<FrameKind> = new Set([FrameKind.Go, FrameKind.C, FrameKind.Kernel]);
/** What the search did not find steps back. */
const UNFOUND = 0.62;

/** Gives colours by theme; computes each once. */
export class FrameColors {
  readonly #theme: CanvasTheme;
  readonly #known = new Map<string, string>();

  constructor(theme: CanvasTheme) {
    this.#theme = theme;
  }

  /** `isFound`: false while a search runs that did not find the frame. */
  color(kind: FrameKind, name: string, isFound: boolean): string {
    const shade = SHADED.has(kind) ? hash(packageOf(name)) % SHADES.length : 0;
    const key = `${kind} ${shade} ${isFound}`;
    let color = this.#known.get(key);
    if (color === undefined) {
      const base = mix(rgb(this.#theme[tokenOfKind[kind]]), shadeTarget(this.#theme, SHADES[shade]), Math.abs(SHADES[shade]));
      color = (isFound ? base : mix(base, rgb(this.#theme.panel), UNFOUND)).formatRgb();
      this.#known.set(key, color);
    }
    return color;
  }
}

function shadeTarget(theme: CanvasTheme, shade: number): RGBColor {
  return rgb(shade < 0 ? theme.ink : theme.panel);
}

function mix(a: RGBColor, b: RGBColor, share: number): RGBColor {
  return rgb(a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share);
}

function hash(text: string): number {
  let value = 7;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) >>> 0;
  return value;
}
