/**
 * Colours of frames, by what the user wants to tell apart: the kind of code, the package, the object file, or what a search found. Growth has its
 * colour in every mode but the last, where only what was found has one. What steps back is nearly the panel's colour.
 */
import {rgb, type RGBColor} from 'd3-color';
import {packageOf} from '../../base/short-name.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import {hueTokens, tokenOfKind, type CanvasTheme, type Token} from './theme.ts';

export const colorModes = ['kind', 'package', 'dso', 'search'] as const;
export type ColorMode = (typeof colorModes)[number];

/** What a colour is chosen by. */
export interface ColoredFrame {
  readonly kind: FrameKind;
  /** The full name of its function; empty: it has none. */
  readonly name: string;
  /** Its object file; empty: not known. */
  readonly dso: string;
}

/** How a frame is drawn. */
export interface FrameLook {
  readonly fill: string;
  /** Of the name on the frame. */
  readonly ink: string;
}

/** A frame as it is, where it was restored, and when it steps back. */
interface Looks {
  readonly plain: FrameLook;
  readonly pale: FrameLook;
  readonly back: FrameLook;
}

/** One entry of the legend: frames of one key have one hue. */
export interface ColorKey {
  /** What the frames are known by: `kind 6`, `package net/http`. */
  readonly key: string;
  readonly token: Token;
  /** How far it lies from the token toward the panel, or (below zero) the ink. */
  readonly shade: number;
}

/** How far packages of one kind lie from the token, toward the panel's colour or away from it. */
const SHADES = [0, 0.14, -0.05, 0.26, -0.1] as const;
/** Growth is one colour, and what was not recorded has no package. */
const SHADED: ReadonlySet<FrameKind> = new Set([FrameKind.Go, FrameKind.C, FrameKind.Kernel]);
/** How far toward the panel a frame steps back. */
const BACK = 0.78;
/** How far a frame that was not recorded, but restored. */
const PALE = 0.55;

/** Gives colours by theme and mode; computes each once. */
export class FrameColors {
  readonly theme: CanvasTheme;
  readonly mode: ColorMode;
  readonly #back: ReadonlySet<string>;
  /** By what frames of the mode are told apart by, then by kind and whether it is found. */
  readonly #known = new Map<string, (Looks & {readonly key: ColorKey})[]>();
  readonly #looks = new Map<string, Looks>();

  /** `back`: keys of frames that step back. */
  constructor(theme: CanvasTheme, mode: ColorMode, back: ReadonlySet<string>) {
    this.theme = theme;
    this.mode = mode;
    this.#back = back;
  }

  /** What the legend calls the frame's colour. */
  keyOf(frame: ColoredFrame, isFound: boolean): ColorKey {
    return this.#of(frame, isFound).key;
  }

  /** `isFound`: null while no search runs. */
  isBack(frame: ColoredFrame, isFound: boolean | null): boolean {
    return frame.kind !== FrameKind.Root && frame.kind !== FrameKind.Group && (isFound === false || this.#back.has(this.keyOf(frame, isFound === true).key));
  }

  /** As it is when nothing steps back: for the legend. */
  plainFill(frame: ColoredFrame, isFound: boolean): string {
    return this.#of(frame, isFound).plain.fill;
  }

  /** Fill and ink at once. A picture asks it of every function on it: no text is made for that (bench: click zoom). */
  look(frame: ColoredFrame, isFound: boolean | null, isRestored = false): FrameLook {
    const {plain, pale, back} = this.#of(frame, isFound === true);
    return this.isBack(frame, isFound) ? back : isRestored ? pale : plain;
  }

  #of(frame: ColoredFrame, isFound: boolean): Looks & {readonly key: ColorKey} {
    const by = this.mode === 'dso' ? frame.dso : frame.name;
    let known = this.#known.get(by);
    if (!known) this.#known.set(by, (known = []));
    const at = frame.kind * 2 + Number(isFound);
    if (!known[at]) {
      const key = newKey(this.mode, frame, isFound);
      known[at] = {key, ...this.#looksOf(key)};
    }
    return known[at];
  }

  #looksOf({token, shade}: ColorKey): Looks {
    const hue = `${token} ${shade}`;
    let looks = this.#looks.get(hue);
    if (!looks) {
      const {theme} = this;
      const panel = rgb(theme.panel);
      const base = mix(rgb(theme[token]), shade < 0 ? rgb(theme.ink) : panel, Math.abs(shade));
      looks = {
        plain: {fill: base.formatRgb(), ink: token === 'growth' ? theme['on-growth'] : theme.ink},
        pale: {fill: mix(base, panel, PALE).formatRgb(), ink: theme.ink},
        back: {fill: mix(base, panel, BACK).formatRgb(), ink: theme.ink2},
      };
      this.#looks.set(hue, looks);
    }
    return looks;
  }
}

/** The legend's key of a kind: frames that were not recorded are one entry. */
export function kindKey(kind: FrameKind): string {
  return `kind ${kind === FrameKind.LostTwo || kind === FrameKind.Cut || kind === FrameKind.NoStack || kind === FrameKind.OtherStack ? FrameKind.LostCaller : kind}`;
}

function newKey(mode: ColorMode, {kind, name, dso}: ColoredFrame, isFound: boolean): ColorKey {
  const token = tokenOfKind[kind];
  if (mode === 'search') return {key: isFound ? 'found' : 'rest', token: isFound ? 'found' : 'lost', shade: 0};
  if (kind === FrameKind.Growth || token === 'lost') return {key: kindKey(kind), token, shade: 0};
  if (mode === 'kind') return {key: kindKey(kind), token, shade: SHADED.has(kind) ? SHADES[hash(packageOf(name)) % SHADES.length] : 0};
  const group = mode === 'package' ? packageOf(name) : dso;
  if (group === '') return {key: `${mode} `, token: 'lost', shade: 0};
  const at = hash(group);
  return {key: `${mode} ${group}`, token: hueTokens[at % hueTokens.length], shade: SHADES[Math.floor(at / hueTokens.length) % 3]};
}

function mix(a: RGBColor, b: RGBColor, share: number): RGBColor {
  return rgb(a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share);
}

function hash(text: string): number {
  let value = 7;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) >>> 0;
  // Neighbouring names differ in their last letters only: spread that over all bits.
  return (Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 8) >>> 0;
}
