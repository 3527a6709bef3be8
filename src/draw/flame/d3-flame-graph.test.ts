/**
 * What draw/flame relies on in d3-flame-graph and its documentation does not promise: the elements it makes and what is bound to them. An
 * upgrade that changes them is seen here and not on the screen.
 *
 * @vitest-environment jsdom
 */
import type {HierarchyRectangularNode} from 'd3-hierarchy';
import {select} from 'd3-selection';
import 'd3-transition';
import flamegraph, {type FlameDatum} from 'd3-flame-graph';
import {afterEach, expect, test} from 'vitest';

const WIDTH_PX = 1000;
const ROW_PX = 19;

const datum = (name: string, value: number, row: number, children: FlameDatum[] = [], fade = false): FlameDatum => ({name, value, children, fade, row});
const tree = () => datum('all', 100, 0, [datum('main.main', 60, 1, [datum('main.f', 60, 2)]), datum('main.idle', 40, 3)]);

/** A chart as draw/flame sets it up, called once on its element. */
function booted(data: FlameDatum) {
  const host = document.createElement('div');
  document.body.append(host);
  const chart = flamegraph().width(WIDTH_PX).height(3 * ROW_PX).cellHeight(ROW_PX).inverted(true).transitionDuration(0).setLabelHandler(() => '').setColorMapper((node) => `rgb(0, 0, ${node.data.row})`);
  chart(select<HTMLElement, FlameDatum>(host).datum(data));
  return {host, chart};
}

afterEach(() => {
  // jsdom has no `transform.baseVal`, which a transition that still runs would ask for.
  select(document.body).selectAll('*').interrupt();
  document.body.replaceChildren();
});

/** The frames with what is bound to them, in document order. */
function framesOf(host: HTMLElement): {group: SVGGElement; node: HierarchyRectangularNode<FlameDatum>}[] {
  const found: {group: SVGGElement; node: HierarchyRectangularNode<FlameDatum>}[] = [];
  select(host).selectAll<SVGGElement, HierarchyRectangularNode<FlameDatum>>('svg > g').each(function (node) {
    found.push({group: this, node});
  });
  return found;
}

const bound = (host: HTMLElement) => framesOf(host).map(({node}) => [node.data.row, node.data.name, node.depth, node.x0, node.x1]).toSorted(([a], [b]) => Number(a) - Number(b));

test('a frame is g.frame with a rect and, in a foreignObject, a div for the name', () => {
  const {host} = booted(tree());
  expect(framesOf(host)).toHaveLength(4);
  for (const {group} of framesOf(host)) {
    expect(group.getAttribute('class')).toBe('frame');
    expect([...group.children].map(({tagName}) => tagName)).toEqual(['rect', 'title', 'foreignObject']);
    expect(group.querySelector('foreignObject')!.firstElementChild!.getAttribute('class')).toBe('d3-flame-graph-label');
  }
});

test('a frame is bound to its node: our object, its depth and its shares of the width', () => {
  expect(bound(booted(tree()).host)).toEqual([[0, 'all', 0, 0, 1], [1, 'main.main', 1, 0, 0.6], [2, 'main.f', 2, 0, 0.6], [3, 'main.idle', 1, 0.6, 1]]);
});

test('the colour of a frame is what the mapper says of its node, and the title is empty', () => {
  for (const {group, node} of framesOf(booted(tree()).host)) {
    expect(group.querySelector('rect')!.getAttribute('fill')).toBe(`rgb(0, 0, ${node.data.row})`);
    expect(group.querySelector('title')!.textContent).toBe('');
  }
});

test('fed another plain tree the chart binds that, names and all', () => {
  const {host, chart} = booted(tree());
  chart.update(datum('all', 10, 0, [datum('main.g', 5, 1), datum('main.h', 3, 2)]));
  expect(bound(host)).toEqual([[0, 'all', 0, 0, 1], [1, 'main.g', 1, 0, 0.5], [2, 'main.h', 1, 0.5, 0.8]]);
  expect(framesOf(host).map(({group}) => group.getAttribute('name') ?? '').toSorted()).toEqual(['all', 'main.g', 'main.h']);
});

test('fed many times it keeps one svg and no frame of before', () => {
  const {host, chart} = booted(tree());
  for (let i = 0; i < 5; i++) chart.update(datum('all', 10, 0, [datum(`main.f${i}`, 5, 1)]));
  expect(host.querySelectorAll('svg')).toHaveLength(1);
  expect(bound(host).map(([, name]) => name)).toEqual(['all', 'main.f4']);
});

test('a frame fed as faded has the class fade', () => {
  const {host} = booted(datum('all', 10, 0, [datum('main.f', 10, 1)], true));
  expect(framesOf(host).map(({group}) => group.getAttribute('class') ?? '').toSorted()).toEqual(['frame', 'frame fade']);
});

test('children stand in the order they are fed in, not by name or weight', () => {
  expect(bound(booted(datum('all', 10, 0, [datum('b', 2, 1), datum('a', 5, 2), datum('c', 3, 3)])).host).map(([, name]) => name)).toEqual(['all', 'b', 'a', 'c']);
});

test('a click that is stopped on its way down does not zoom the chart', () => {
  const {host} = booted(tree());
  const before = bound(host);
  const click = () => framesOf(host).find(({node}) => node.data.name === 'main.f')!.group.dispatchEvent(new MouseEvent('click', {bubbles: true}));
  const stop = (event: Event) => event.stopPropagation();
  host.addEventListener('click', stop, {capture: true});
  click();
  expect(bound(host)).toEqual(before);
  host.removeEventListener('click', stop, {capture: true});
  click();
  expect(bound(host)).not.toEqual(before);
});

test('what is written and moved by interrupted transitions stays', async () => {
  const {host, chart} = booted(tree());
  chart.update(datum('all', 10, 0, [datum('main.g', 10, 1)]));
  for (const {group, node} of framesOf(host)) {
    select(group).interrupt().attr('transform', `translate(${node.x0 * WIDTH_PX},${node.depth * ROW_PX})`);
    select(group).select('rect').interrupt().attr('width', '7');
    select(group).select('div').interrupt().text(`own ${node.data.name}`);
  }
  // Longer than a frame: transitions that still ran would have written by now.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  expect(framesOf(host).map(({group}) => [group.querySelector('div')!.textContent, group.querySelector('rect')!.getAttribute('width')])).toEqual([['own all', '7'], ['own main.g', '7']]);
});

test('destroyed, it leaves nothing behind', () => {
  const {host, chart} = booted(tree());
  chart.destroy();
  expect(host.children).toHaveLength(0);
});
