/** The line above the graph: the way to the frame shown widest, how the tree was changed, and what share grows. */
import {shortName} from '../../base/short-name.ts';
import type {FlameAnswer, PathStep} from '../../derive/flame/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useWeightText} from './use-weight-text.ts';

/** Steps at the end of a long way that are written out. */
const LAST_STEPS = 4;

export function FlameTrail({answer}: {readonly answer: FlameAnswer | null}) {
  const copy = useCopy();
  const figures = useFigures();
  const weightText = useWeightText(answer?.query ?? null);
  const sums = answer?.sums;
  return (
    <div className="flame-trail">
      <Breadcrumb />
      <span className="flame-share">
        {sums && sums.weight > 0 ? copy.flame.growthShare(figures.count(sums.growthSamples), figures.count(sums.samples), figures.share(sums.growthWeight / sums.weight), weightText.unit) : ''}
      </span>
      <span className="flame-found" role="status">{found()}</span>
    </div>
  );

  function found(): string {
    if (!answer?.found) return '';
    const {functions, weight} = answer.found;
    if (functions === 0) return copy.search.notFound;
    return copy.search.found(figures.count(functions), weightText.weight(weight), figures.share(weight / Math.max(answer.treeWeight, Number.MIN_VALUE)));
  }
}

function Breadcrumb() {
  const copy = useCopy();
  const figures = useFigures();
  const path = useStore((state) => state.path);
  const zoomTo = useStore((state) => state.zoomTo);
  if (path.length === 0) return null;
  const hidden = Math.max(0, path.length - LAST_STEPS);
  return (
    <nav aria-label={copy.flame.path}>
      <ol className="flame-path">
        <li><button type="button" title={copy.flame.reset} onClick={() => zoomTo([])}>{copy.flame.all}</button></li>
        {hidden > 0 ? <li><button type="button" aria-label={copy.flame.moreSteps(figures.count(hidden))} title={copy.flame.moreSteps(figures.count(hidden))} onClick={() => zoomTo(path.slice(0, hidden))}>…</button></li> : null}
        {path.slice(hidden).map((step, i) => {
          const isLast = hidden + i === path.length - 1;
          // The same function may stand on the way twice: the place is the identity.
          return (
            <li key={i}>
              <button type="button" title={step.name ?? undefined} aria-current={isLast ? 'true' : undefined} onClick={() => zoomTo(path.slice(0, hidden + i + 1))}>{stepName(copy, step)}</button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function stepName({flame}: Copy, {name, kind}: PathStep): string {
  if (name !== null) return shortName(name);
  switch (kind) {
    case FrameKind.LostCaller: return flame.lostCaller;
    case FrameKind.LostTwo: return flame.lostTwo;
    case FrameKind.Cut: return flame.cut;
    case FrameKind.NoStack: return flame.noStack;
    default: return flame.noGroup;
  }
}
