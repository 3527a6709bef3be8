/** d3-flame-graph 5.0.0 has no types of its own. Only what draw/flame uses is declared: screen.md tells why the rest must not be. */
declare module 'd3-flame-graph' {
  import type {HierarchyRectangularNode} from 'd3-hierarchy';
  import type {Selection} from 'd3-selection';

  /** What the chart is fed. It writes `hide` on it. */
  export interface FlameDatum {
    readonly name: string;
    readonly value: number;
    readonly children: readonly FlameDatum[];
    /** Drawn paler: an ancestor of the frame shown widest. */
    readonly fade: boolean;
    /** Row of the answer it was made of. */
    readonly row: number;
  }

  export interface FlameChart {
    (selection: Selection<HTMLElement, FlameDatum, null, undefined>): void;
    width(px: number): this;
    height(px: number): this;
    cellHeight(px: number): this;
    inverted(isInverted: boolean): this;
    transitionDuration(ms: number): this;
    setLabelHandler(label: (node: HierarchyRectangularNode<FlameDatum>) => string): this;
    setColorMapper(color: (node: HierarchyRectangularNode<FlameDatum>, original: string) => string): this;
    update(data: FlameDatum): this;
    destroy(): this;
  }

  export default function flamegraph(): FlameChart;
}
