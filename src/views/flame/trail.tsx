/** In the toolbar of the graph: growth alone, the way to the frame shown widest, how the tree was changed, and what share grows. */
import type {ReactNode} from 'react';
import {shortName} from '../../base/short-name.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {frameName} from '../../state/frame-name.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {Button} from '../ui/button.tsx';
import {Found} from './found.tsx';

/** Steps at the end of a long way that are written out. */
const LAST_STEPS = 4;

/** `children` stand at its end. */
export function FlameTrail({answer, children}: {readonly answer: FlameAnswer | null; readonly children: ReactNode}) {
  const copy = useCopy();
  const figures = useFigures();
  const weightText = useWeightText(answer?.query ?? null);
  const sums = answer?.sums;
  const weight = answer?.query.weight;
  const isOfSamples = weight === 'period' || weight === 'samples';
  const growthOnly = useStore((state) => state.growthOnly);
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  // Neither a leaf alone nor frames without names tell whether a stack grows.
  const scope = useScope();
  const event = scope?.eventSummary;
  const tellsGrowth = !event || (event.hasStacks && event.hasNames);
  const hasGrowths = scope?.event !== null || scope.axisWeights.includes('growths');
  const isSearching = useStore(({searched}) => searched !== '');
  const share = sums && sums.weight > 0 && isOfSamples && tellsGrowth ? copy.flame.growthShare(figures.count(sums.growthSamples), figures.count(sums.samples), figures.share(sums.growthWeight / sums.weight), weightText.unit) : '';
  return (
    <>
      {answer && hasGrowths ? <Button look="growth" isOn={growthOnly} onClick={() => showGrowthOnly(!growthOnly)}>{copy.flame.growthOnly}</Button> : null}
      <div className="flame-trail">
        <Breadcrumb />
        <Changes />
        <span className="flame-share">{isSearching ? '' : share}</span>
        <Found answer={answer} />
      </div>
      <span className="flame-right">{children}</span>
    </>
  );
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
              <button type="button" title={step.name ?? undefined} aria-current={isLast ? 'true' : undefined} onClick={() => zoomTo(path.slice(0, hidden + i + 1))}>{shortName(frameName(copy, step.name, step.kind))}</button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** How the tree was changed, in order; each change can be taken back. */
function Changes() {
  const {flame} = useCopy();
  const transforms = useStore((state) => state.transforms);
  const transform = useStore((state) => state.transform);
  const rootedBy = useStore((state) => state.rootedBy);
  const rootBy = useStore((state) => state.rootBy);
  const growthOnly = useStore((state) => state.growthOnly);
  const growthPart = useStore((state) => state.growthPart);
  const showGrowthPart = useStore((state) => state.showGrowthPart);
  const chips = [
    ...(rootedBy === 'nothing' ? [] : [{text: flame.rootedBy(flame.roots[rootedBy]), undo: () => rootBy('nothing')}]),
    ...(!growthOnly || growthPart === 'growth' ? [] : [{text: flame.growthParts[growthPart], undo: () => showGrowthPart('growth')}]),
    ...transforms.map((change, i) => ({
      text: change.kind === 'collapse-recursion' ? flame.transforms[change.kind] : flame.transforms[change.kind](shortName(change.function.name)),
      undo: () => transform(transforms.filter((_, other) => other !== i)),
    })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className="flame-changes">
      {chips.map(({text, undo}, i) => (
        // The same change may stand twice: the place is the identity.
        <li key={i}>{text}<button type="button" aria-label={flame.transforms.remove(text)} title={flame.transforms.remove(text)} onClick={undo}>×</button></li>
      ))}
    </ul>
  );
}
