/** Who it is: number, start function, its place among its like, creators, life. */
import {shortName} from '../../base/short-name.ts';
import type {GoroutineAnswer} from '../../derive/goroutine/shape.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useShowSteps} from '../../state/use-show-steps.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {Button} from '../ui/button.tsx';
import {Chain} from './chain.tsx';
import {KinLink} from './kin-link.tsx';

export function Header({answer, scope}: {readonly answer: GoroutineAnswer; readonly scope: Scope}) {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const text = copy.goroutine;
  const showSteps = useShowSteps();
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const filter = useStore((state) => state.filter.goroutine);
  const {source, goroutine, startFunction, startNs, endNs, previous, next, place, alike} = answer;
  const isAlone = filter?.source === source && filter.goroutine === goroutine;
  const from = Number.isNaN(startNs) ? text.fromStart : time.moment(startNs);
  const to = Number.isNaN(endNs) ? text.toEnd : time.moment(endNs);
  const life = Number.isNaN(startNs) || Number.isNaN(endNs) ? text.lived(from, to) : text.livedFor(from, to, figures.duration(endNs - startNs));
  return (
    <header>
      <div className="goroutine-title">
        <h3>{text.titleOf(answer.id)} <code title={startFunction ?? undefined}>{startFunction === null ? copy.timeline.unknownStart : shortName(startFunction)}</code></h3>
        <span className="goroutine-ways">
          <Button label={text.previous} isDisabled={previous === null} onClick={() => previous && chooseGoroutine({source, goroutine: previous.goroutine})}>‹</Button>
          <span className="goroutine-place">{text.place(figures.count(place + 1), figures.count(alike))}</span>
          <Button label={text.next} isDisabled={next === null} onClick={() => next && chooseGoroutine({source, goroutine: next.goroutine})}>›</Button>
          <Button onClick={() => showSteps({source, goroutine, fromNs: Number.isNaN(startNs) ? 0 : startNs, toNs: Number.isNaN(endNs) ? (scope.group?.endNs ?? 0) : endNs})}>{text.zoom}</Button>
          <Button isOn={isAlone} onClick={() => chooseFilter({goroutine: isAlone ? null : {source, goroutine}})}>{text.alone}</Button>
        </span>
      </div>
      <p className="goroutine-aside">{life}</p>
      <p className="goroutine-creators">
        {answer.creators.length > 0 ? text.createdBy : answer.isProbed ? text.creatorNotTold : text.creatorUnknown}
        {answer.creators.map((kin, i) => <span key={kin.goroutine}>{i > 0 ? ' ← ' : ' '}<KinLink source={source} kin={kin} /></span>)}
      </p>
      {answer.creatorChain ? <Chain chain={answer.creatorChain} /> : null}
    </header>
  );
}
