/** Paints the whole axis in one strip: samples as bars from below, bytes copied as a line, GC as bands, what is selected and shown. */
import type {OverviewAnswer} from '../../derive/overview/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {pixelOf, type TimeWindow} from './scale.ts';

export interface OverviewView extends TimeWindow {
  readonly heightPx: number;
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  readonly window: {readonly fromNs: number; readonly toNs: number};
}

/** Samples take the lower part, bytes copied the upper. */
const SAMPLES_SHARE = 0.42;

export function paintOverview(ctx: CanvasRenderingContext2D, answer: OverviewAnswer, view: OverviewView, theme: CanvasTheme): void {
  const {widthPx, heightPx} = view;
  ctx.clearRect(0, 0, widthPx, heightPx);
  const bins = answer.samples.length;
  const step = widthPx / bins;
  ctx.fillStyle = theme.gc;
  ctx.globalAlpha = 0.5;
  for (let i = 0; i < bins; i++) if (answer.gc[i]) ctx.fillRect(i * step, 0, step, heightPx);
  ctx.globalAlpha = 1;

  const samplesPx = heightPx * (answer.hasStackSizes ? SAMPLES_SHARE : 0.9);
  const mostSamples = answer.samples.reduce((most, value) => Math.max(most, value), 1);
  // Bars of 2 px: with one a pixel, single samples would be a grey mist.
  const barBins = Math.max(1, Math.round(2 / step));
  for (let i = 0; i < bins; i += barBins) {
    let all = 0;
    let growth = 0;
    for (let j = i; j < Math.min(bins, i + barBins); j++) {
      all += answer.samples[j];
      growth += answer.growthSamples[j];
    }
    if (all === 0) continue;
    const scale = samplesPx / (mostSamples * barBins);
    const width = Math.max(1, barBins * step - 0.5);
    ctx.fillStyle = theme.ink3;
    ctx.fillRect(i * step, heightPx - Math.max(1.5, all * scale), width, Math.max(1.5, all * scale));
    if (growth > 0) {
      ctx.fillStyle = theme.growth;
      ctx.fillRect(i * step, heightPx - Math.max(1.5, growth * scale), width, Math.max(1.5, growth * scale));
    }
  }

  if (answer.hasStackSizes) paintCopied(ctx, answer.copiedBytes, step, 3, heightPx - samplesPx - 4, theme);
  paintSelection(ctx, view, theme);
}

function paintCopied(ctx: CanvasRenderingContext2D, bytes: Float64Array, step: number, top: number, height: number, theme: CanvasTheme): void {
  // Smoothed over three pixels, so that the line shows waves and not single copies.
  const at = (i: number) => ((bytes[i - 1] ?? 0) + bytes[i] + (bytes[i + 1] ?? 0)) / 3;
  let most = 1;
  for (let i = 0; i < bytes.length; i++) most = Math.max(most, at(i));
  ctx.beginPath();
  ctx.moveTo(0, top + height);
  for (let i = 0; i < bytes.length; i++) ctx.lineTo((i + 0.5) * step, top + height * (1 - at(i) / most));
  ctx.lineTo(bytes.length * step, top + height);
  ctx.strokeStyle = theme['growth-text'];
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = theme.growth;
  ctx.fill();
  ctx.globalAlpha = 1;
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
