/** The colour tokens of the page, as canvases need them. The tokens themselves are custom properties in app/theme.css. */
import {FrameKind} from '../../derive/labels/shape.ts';

const TOKENS = [
  'background', 'panel', 'line', 'ink', 'ink2', 'ink3', 'accent', 'growth', 'growth-text', 'on-growth', 'running', 'runnable', 'syscall', 'waiting', 'go', 'go-text',
  'runtime', 'gc', 'c', 'kernel', 'lost', 'found', 'selection',
  'hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5', 'hue-6', 'hue-7', 'hue-8',
] as const;
export type Token = (typeof TOKENS)[number];

export type CanvasTheme = Readonly<Record<Token, string>> & {
  /** CSS font of text in canvases. */
  readonly font: string;
  readonly codeFont: string;
};

/** The tokens that hold at `element` now. */
export function canvasTheme(element: Element): CanvasTheme {
  const style = getComputedStyle(element);
  const entries = TOKENS.map((token) => [token, matchMedia(FORCED_COLORS).matches ? resolved(element, token) : style.getPropertyValue(`--${token}`).trim()] as const);
  const fonts = {font: `11.5px ${style.getPropertyValue('--ui-font').trim()}`, codeFont: `11.5px ${style.getPropertyValue('--code-font').trim()}`};
  return {...(Object.fromEntries(entries) as Record<Token, string>), ...fonts};
}

/** Holds where the user's system has colours of its own. */
export const FORCED_COLORS = '(forced-colors: active)';

/** Names of the system's colours, and mixes of them, as the colour they are now: a canvas can't mix. */
function resolved(element: Element, token: Token): string {
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  probe.style.color = `var(--${token})`;
  element.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  // Mixes come as `color(srgb r g b)`, each from 0 to 1.
  const mixed = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(color);
  return mixed ? `rgb(${mixed.slice(1).map((part) => Math.round(Number(part) * 255)).join(', ')})` : color;
}

/** Quiet colours to tell packages or object files apart. None of them is near growth's. */
export const hueTokens = ['hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5', 'hue-6', 'hue-7', 'hue-8'] as const satisfies readonly Token[];

/** Token of each kind of frame. */
export const tokenOfKind: Readonly<Record<FrameKind, Token>> = {
  [FrameKind.Go]: 'go',
  [FrameKind.Runtime]: 'runtime',
  [FrameKind.Gc]: 'gc',
  [FrameKind.C]: 'c',
  [FrameKind.Kernel]: 'kernel',
  [FrameKind.Unknown]: 'lost',
  [FrameKind.Growth]: 'growth',
  [FrameKind.LostCaller]: 'lost',
  [FrameKind.LostTwo]: 'lost',
  [FrameKind.Cut]: 'lost',
  [FrameKind.Root]: 'lost',
  [FrameKind.Group]: 'lost',
  [FrameKind.NoStack]: 'lost',
  [FrameKind.OtherStack]: 'lost',
};

/** Token of each `State`. */
export const tokenOfState: readonly Token[] = ['lost', 'runnable', 'running', 'syscall', 'waiting', 'waiting'];
