/** Where arrows begin and end: at the lanes of both goroutines, or at a stub with a name where the other's lane is not on the screen. */
import {expect, test} from 'vitest';
import type {Link} from '../../derive/links/shape.ts';
import type {CanvasTheme} from '../color/theme.ts';
import {paintLinks, type LinksView} from './paint-links.ts';

/** A context that keeps where arrow heads point to, and what is written. */
function recorded() {
  const tips: string[] = [];
  const texts: string[] = [];
  let from: readonly [number, number] = [0, 0];
  const ctx = {
    save: () => {}, restore: () => {}, beginPath: () => {}, rect: () => {}, clip: () => {}, setLineDash: () => {}, stroke: () => {}, fill: () => {}, fillRect: () => {},
    moveTo: (x: number, y: number) => {
      from = [x, y];
    },
    lineTo: (x: number, y: number) => {
      // The shaft of an arrow goes straight down or up.
      if (x === from[0]) tips.push(`${Math.floor(x)} ${from[1]}→${y > from[1] ? 'down' : 'up'}`);
    },
    measureText: (text: string) => ({width: text.length * 6}),
    fillText: (text: string) => texts.push(text),
  };
  // Of a context the painter uses these methods only.
  return {ctx: ctx as unknown as CanvasRenderingContext2D, tips, texts};
}

const named = (goroutine: number) => ({source: 1, goroutine, id: goroutine, startFunction: 'main.f'});
const link = (timeNs: number, from: number, to: number, kind: Link['kind'] = 'unblock'): Link => ({kind, timeNs, from: named(from), to: named(to)});
/** G1 at 22 … 52, G2 at 52 … 82; G9 is not on the screen. */
const SPANS: Readonly<Record<number, number>> = {1: 22, 2: 52};
const view = (of: number, more: string | null = null): LinksView => ({
  fromNs: 0, toNs: 1000, widthPx: 1000, heightPx: 400, topPx: 22, of: {source: 1, goroutine: of}, more,
  spanOf: (_, goroutine) => (SPANS[goroutine] === undefined ? null : {topPx: SPANS[goroutine], bottomPx: SPANS[goroutine] + 30}),
  nameOf: ({id}) => `G${id}`,
});
const paint = (links: readonly Link[], of: LinksView) => {
  const {ctx, tips, texts} = recorded();
  paintLinks(ctx, links, of, {} as CanvasTheme);
  return {tips, texts};
};

test('between two lanes an arrow goes from the one that acts to the other, without a name', () => {
  expect(paint([link(100, 1, 2), link(200, 2, 1)], view(2))).toEqual({tips: ['100 49→down', '200 55→up'], texts: []});
});

test('who is not on the screen has a stub with the name: who acts above, who is acted on below', () => {
  expect(paint([link(100, 9, 2), link(300, 2, 9)], view(2))).toEqual({tips: ['100 41→down', '300 79→down'], texts: ['G9', 'G9']});
});

test('under the axis, where there is no room above, a stub comes from below', () => {
  expect(paint([link(100, 9, 1)], view(1))).toEqual({tips: ['100 63→up'], texts: ['G9']});
});

test('names do not run into each other, and arrows out of the window are left out', () => {
  expect(paint([link(100, 9, 2), link(105, 9, 2), link(5000, 9, 2)], view(2))).toEqual({tips: ['100 41→down', '105 41→down'], texts: ['G9']});
});

test('how many are not shown is written; without a lane of its own on the screen nothing is', () => {
  expect(paint([], view(2, '… 3 more')).texts).toEqual(['… 3 more']);
  expect(paint([link(100, 1, 9)], view(9, '… 3 more'))).toEqual({tips: [], texts: []});
});
