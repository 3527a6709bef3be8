/**
 * The SVG of a picture: well-formed whatever the names, a rectangle for every frame, the widths those of the answer.
 *
 * @vitest-environment jsdom
 */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {flame} from '../../derive/flame/build.ts';
import {asRecorded} from '../../derive/call-tree/shape.ts';
import {noFilter} from '../../derive/filter/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FrameKind} from '../../derive/labels/shape.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {FrameColors} from '../color/frame-color.ts';
import {hueTokens, tokenOfKind, type CanvasTheme} from '../color/theme.ts';
import type {FlameFrames} from './paint.ts';
import {depthOf, flameLayout} from './rows.ts';
import type {FlameSheet} from './sheet.ts';
import {svgSheet} from './svg-sheet.ts';

const tokens = [...Object.values(tokenOfKind), ...hueTokens, 'panel', 'ink', 'ink2', 'ink3', 'accent', 'on-growth', 'growth-text', 'found'];
const theme = {...Object.fromEntries(tokens.map((token) => [token, 'rgb(10, 20, 30)'])), font: '11.5px x', codeFont: '11.5px y'} as unknown as CanvasTheme;

const flameOf = (trace: Trace): FlameAnswer =>
  flame.answer(sessionOf([trace]), {query: {...asRecorded, source: 1, event: 0, weight: 'period', filter: noFilter, range: null}, form: {kind: 'top-down'}, path: [], widthPx: 1000, search: '', ignoreCase: false})!;

function sheetOf(answer: FlameAnswer, nameOf: (row: number) => string = (row) => answer.names[answer.name[row]] ?? 'all', isUpsideDown = false): FlameSheet {
  const picture: FlameFrames = {
    answer, deeperIsCaller: false, isSearching: false, chosen: null, colors: new FrameColors(theme, 'kind', new Set()),
    layout: flameLayout({depths: depthOf(answer), firstDepth: 0, isUpsideDown, viewHeightPx: 0}),
    frameOf: (row) => ({kind: answer.kind[row] as FrameKind, name: nameOf(row), dso: ''}),
    labelOf: (row) => ({sign: '', name: nameOf(row), suffix: ''}),
  };
  return {caption: ['a & b', '<c>'], pictures: [picture], legend: [{text: 'Go code', fill: 'rgb(1, 2, 3)'}, {text: 'growth', fill: 'rgb(4, 5, 6)', isGrowth: true}], widthPx: 1000, titleOf: (_, row) => nameOf(row)};
}

function read(sheet: FlameSheet): Document {
  const document = new DOMParser().parseFromString(svgSheet(sheet), 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  return document;
}

const frames = (document: Document) => [...document.querySelectorAll('g > g')];

test('every frame is a rectangle as wide as its share, told by its title', () => {
  const answer = flameOf(traceFromText(`
    0ms        1ms        2ms
    main.main  main.main  main.idle
    main.read  main.pack
  `, {weight: [50, 25, 25]}));
  const drawn = frames(read(sheetOf(answer))).map((group) => [group.querySelector('title')!.textContent, Number(group.querySelector('rect')!.getAttribute('width')), Number(group.querySelector('rect')!.getAttribute('y'))]);
  expect(drawn).toEqual([['all', 999, 0], ['main.main', 749, 19], ['main.read', 499, 38], ['main.pack', 249, 38], ['main.idle', 249, 19]]);
});

test('upside down the root stands lowest', () => {
  const answer = flameOf(traceFromText(`
    0ms
    main.main
    main.read
  `));
  const y = frames(read(sheetOf(answer, undefined, true))).map((group) => Number(group.querySelector('rect')!.getAttribute('y')));
  expect(y).toEqual([38, 19, 0]);
});

test('it is well-formed whatever functions are called, and says what they are called', () => {
  fc.assert(fc.property(arbitrarySamples, fc.string({unit: 'binary'}), (trace, name) => {
    const answer = flameOf(trace);
    const document = read(sheetOf(answer, () => `<&"]]>${name}`));
    expect(frames(document)).toHaveLength(answer.length);
    expect(frames(document)[0].querySelector('title')!.textContent!.startsWith('<&"]]>')).toBe(true);
  }), {numRuns: 40});
});

test('the sheet says its caption and its legend', () => {
  const document = read(sheetOf(flameOf(traceFromText(`
    0ms
    main.main
  `))));
  const texts = [...document.querySelectorAll('svg > text')].map(({textContent}) => textContent);
  expect(texts).toEqual(['a & b', '<c>', 'Go code', '▲ growth']);
});
