/**
 * Paints the whole axis in one strip: samples as bars from below, of each process where there are several, over them the bytes that stacks
 * hold or that growths copied; GC as bands, what was searched as a line at the bottom, and what is selected and shown.
 */
import type {OverviewAnswer} from '../../derive/overview/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {pixelOf, type TimeWindow} from './scale.ts';

export interface OverviewView extends TimeWindow {
  readonly heightPx: number;
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly window: {readonly fromNs: number; readonly toNs: number};
  /** What stands over the samples. */
  readonly bytes: 'held' | 'copied';
  /** By pixel how many samples hold what is searched; null: nothing is. */
  readonly matching: Float64Array | null;
}

/** Samples take the lower part, bytes the upper. */
const SAMPLES_SHARE = 0.42;
/** Width of a bar of samples, and how many it should hold on average. */
const LEAST_BAR_PX = 2;
const MOST_BAR_PX = 8;
const SAMPLES_A_BAR = 4;

/** Colours of processes, those with most samples first; and of samples of one process alone. */
export const processTokens = ['syscall', 'go', 'c', 'runtime', 'waiting'] as const;
const ONE_PROCESS = 'ink3';

export function paintOverview(ctx: CanvasRenderingContext2D, answer: OverviewAnswer, view: OverviewView, theme: CanvasTheme): void {
  const {widthPx, heightPx} = view;
  ctx.clearRect(0, 0, widthPx, heightPx);
  const bins = answer.samples.length;
  const step = widthPx / bins;
  ctx.fillStyle = theme.gc;
  ctx.globalAlpha = 0.5;
  for (let i = 0; i < bins; i++) if (answer.gc[i]) ctx.fillRect(i * step, 0, step, heightPx);
  ctx.globalAlpha = 1;
  const hasSamples = answer.samples.some((count) => count > 0);
  const samplesPx = heightPx * (!answer.hasStackSizes ? 0.9 : hasSamples ? SAMPLES_SHARE : 0);
  paintSamples(ctx, answer, step, heightPx, samplesPx, theme);
  if (answer.hasStackSizes) {
    paintBytes(ctx, view.bytes === 'held' ? Float64Array.from(answer.heldBytes) : smoothed(answer.copiedBytes), step, 3, heightPx - samplesPx - 5, view.bytes === 'held', theme);
  }
  if (view.matching) paintMatches(ctx, view.matching, widthPx, heightPx, theme);
  paintSelection(ctx, view, theme);
}

function paintSamples(ctx: CanvasRenderingContext2D, {samples, growthSamples, processes, byProcess}: OverviewAnswer, step: number, heightPx: number, samplesPx: number, theme: CanvasTheme): void {
  const bins = samples.length;
  // Fewer samples, wider bars: single samples side by side would be a grey mist.
  const all = samples.reduce((sum, value) => sum + value, 0);
  const barPx = Math.max(LEAST_BAR_PX, Math.min(MOST_BAR_PX, (SAMPLES_A_BAR * bins * step) / Math.max(1, all)));
  const barBins = Math.max(1, Math.round(barPx / step));
  const layers = processes.length > 0 ? processes.map((_, i) => ({of: byProcess.subarray(i * bins, (i + 1) * bins), color: theme[processTokens[i]]})) : [{of: samples, color: theme[ONE_PROCESS]}];
  const sum = (of: Float64Array, from: number) => {
    let inBar = 0;
    for (let j = from; j < Math.min(bins, from + barBins); j++) inBar += of[j];
    return inBar;
  };
  let most = 1;
  for (let i = 0; i < bins; i += barBins) most = Math.max(most, sum(samples, i));
  const width = Math.max(1, barBins * step - (barBins * step > 3 ? 1 : 0.5));
  for (let i = 0; i < bins; i += barBins) {
    const bar = (count: number, below: number, color: string) => {
      if (count === 0) return 0;
      const height = Math.max(1.5, (count * samplesPx) / most);
      ctx.fillStyle = color;
      ctx.fillRect(i * step, heightPx - below - height, width, height);
      return height;
    };
    layers.reduce((below, {of, color}) => below + bar(sum(of, i), below, color), 0);
    bar(sum(growthSamples, i), 0, theme.growth);
  }
}

/** Over three pixels, so that the line shows waves and not single copies. */
function smoothed(bytes: Float64Array): Float64Array {
  return bytes.map((own, i) => ((bytes[i - 1] || 0) + own + (bytes[i + 1] || 0)) / 3);
}

/** What is held holds over the whole of a pixel; what is copied is a wave through its middle. Nothing where it is not known: no line is not zero. */
function paintBytes(ctx: CanvasRenderingContext2D, bytes: Float64Array, step: number, top: number, height: number, isStep: boolean, theme: CanvasTheme): void {
  const first = bytes.findIndex((value) => !Number.isNaN(value));
  const last = bytes.findLastIndex((value) => !Number.isNaN(value));
  if (first < 0) return;
  const most = bytes.reduce((all, value) => (value > all ? value : all), 1);
  const y = (i: number) => top + height * (1 - bytes[i] / most);
  ctx.beginPath();
  ctx.moveTo(first * step, top + height);
  for (let i = first; i <= last; i++) {
    if (isStep) ctx.lineTo(i * step, y(i));
    ctx.lineTo((i + (isStep ? 1 : 0.5)) * step, y(i));
  }
  ctx.lineTo((last + 1) * step, top + height);
  ctx.strokeStyle = theme['growth-text'];
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = theme.growth;
  ctx.fill();
  ctx.globalAlpha = 1;
}

function paintMatches(ctx: CanvasRenderingContext2D, matching: Float64Array, widthPx: number, heightPx: number, theme: CanvasTheme): void {
  const step = widthPx / matching.length;
  ctx.fillStyle = theme.accent;
  for (let i = 0; i < matching.length; i++) if (matching[i] > 0) ctx.fillRect(i * step, heightPx - 6, Math.max(1.5, step), 4);
}

/** What lies outside of the selection, or else of the window, steps back. */
function paintSelection(ctx: CanvasRenderingContext2D, view: OverviewView, theme: CanvasTheme): void {
  const {widthPx, heightPx, range, window} = view;
  const inner = range ?? window;
  const x0 = pixelOf(view, inner.fromNs);
  const x1 = pixelOf(view, inner.toNs);
  ctx.globalAlpha = 0.62;
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, x0, heightPx);
  ctx.fillRect(x1, 0, widthPx - x1, heightPx);
  ctx.globalAlpha = 1;
  if (range) {
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x0 + 0.5, 0.75, Math.max(1, x1 - x0 - 1), heightPx - 1.5);
  }
  // The window, as a line at the bottom.
  const w0 = pixelOf(view, window.fromNs);
  const w1 = pixelOf(view, window.toNs);
  if (w1 - w0 < widthPx - 1) {
    ctx.fillStyle = theme.ink2;
    ctx.fillRect(w0, heightPx - 2, Math.max(2, w1 - w0), 2);
  }
}
