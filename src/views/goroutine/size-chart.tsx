/** The stack's size over time as a step line, each doubling as high as the other. The table of steps says the same in figures. */
import type {GoroutineAnswer, SizeCurve} from '../../derive/goroutine/shape.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

const WIDTH = 1000;
const HEIGHT = 72;
const ROOM = 4;

export function SizeChart({answer, scope}: {readonly answer: GoroutineAnswer; readonly scope: Scope}) {
  const copy = useCopy();
  const figures = useFigures();
  const {sizes, startNs, endNs} = answer;
  const fromNs = Math.max(scope.range?.fromNs ?? 0, Number.isNaN(startNs) ? 0 : startNs);
  const toNs = Math.min(scope.range?.toNs ?? scope.group?.endNs ?? 0, Number.isNaN(endNs) ? Infinity : endNs);
  const known = sizes.bytes.filter((bytes) => bytes > 0);
  if (known.length === 0 || toNs <= fromNs) return null;
  const least = known.reduce((a, b) => Math.min(a, b));
  const largest = known.reduce((a, b) => Math.max(a, b));
  const path = stepPath(sizes, {fromNs, toNs, least, largest});
  return (
    <figure className="size-chart">
      <div className="size-chart-marks" aria-hidden="true">
        <span>{figures.bytes(largest)}</span>
        {least < largest ? <span>{figures.bytes(least)}</span> : null}
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={copy.goroutine.chart(figures.bytes(least), figures.bytes(largest))}>
        <path className="size-chart-area" d={`${path}V${HEIGHT}H0Z`} />
        <path className="size-chart-line" d={path} vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}

interface Frame {
  readonly fromNs: number;
  readonly toNs: number;
  readonly least: number;
  readonly largest: number;
}

/** What is not known is drawn as what is known next; a stack that was given back lies on the ground. */
function stepPath({timeNs, bytes}: SizeCurve, {fromNs, toNs, least, largest}: Frame): string {
  const doublings = Math.max(1, Math.log2(largest / least) + 1);
  const y = (size: number) => (size > 0 ? HEIGHT - ((Math.log2(size / least) + 1) / doublings) * (HEIGHT - ROOM) : HEIGHT);
  const x = (at: number) => Math.max(0, Math.min(WIDTH, ((at - fromNs) / (toNs - fromNs)) * WIDTH));
  const first = bytes.findIndex((size) => !Number.isNaN(size));
  let path = `M0 ${first > 0 || timeNs[0] > fromNs ? HEIGHT : y(bytes[first]).toFixed(1)}`;
  for (let i = first; i < timeNs.length; i++) {
    if (!Number.isNaN(bytes[i])) path += `H${x(timeNs[i]).toFixed(1)}V${y(bytes[i]).toFixed(1)}`;
  }
  return `${path}H${WIDTH}`;
}
