/** The story of one goroutine: where it comes from, its time, who woke it, the ladder of its stack, its samples. */
import {useState} from 'react';
import type {GoroutineAnswer} from '../../derive/goroutine/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useGrowthScope} from '../../state/use-growth.ts';
import {useScope, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {Header} from './header.tsx';
import {Samples} from './samples.tsx';
import {SizeChart} from './size-chart.tsx';
import {Steps} from './steps.tsx';
import {TimeInStates} from './time-in-states.tsx';
import './view.css';

/** Steps shown at first: the rest of the story stays near. And how many more at a time. */
const FIRST_STEPS = 8;
const MORE_STEPS = 100;

export function GoroutineView() {
  const copy = useCopy();
  const scope = useScope();
  const chosen = useStore((state) => state.goroutine);
  const isOpen = scope?.summary.sources.some(({id}) => id === chosen?.source) ?? false;
  if (!chosen || !isOpen || !scope) return <NothingRead><Message>{copy.goroutine.none}</Message></NothingRead>;
  return <Story key={`${chosen.source} ${chosen.goroutine}`} chosen={chosen} scope={scope} />;
}

function Story({chosen, scope}: {readonly chosen: {readonly source: number; readonly goroutine: number}; readonly scope: Scope}) {
  const copy = useCopy();
  const base = useGrowthScope(scope);
  const [count, setCount] = useState(FIRST_STEPS);
  const {answer, isStale} = useAnswer('goroutine', base && {...chosen, range: base.range, event: scope.isEventOnAxis ? base.event : null, weight: base.weight, counted: base.counted, first: 0, count});
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const go = (kin: GoroutineAnswer['previous'] | undefined) => kin && chooseGoroutine({source: chosen.source, goroutine: kin.goroutine});
  useCommands('page', [
    {id: 'goroutine.previous', title: copy.goroutine.previous, keys: ['k'], run: () => go(answer?.previous)},
    {id: 'goroutine.next', title: copy.goroutine.next, keys: ['j'], run: () => go(answer?.next)},
  ]);
  if (!answer) return null;
  return (
    <div className={`goroutine${isStale ? ' stale' : ''}`}>
      <Header answer={answer} scope={scope} />
      <section aria-label={copy.goroutine.stack}>
        <h4>{copy.goroutine.stack}</h4>
        {answer.stepCount === 0 ? <p className="goroutine-aside">{answer.countedBy === null ? copy.goroutine.noSizes : copy.goroutine.noSteps}</p> : (
          <>
            <SizeChart answer={answer} scope={scope} />
            <Steps answer={answer} />
          </>
        )}
        {answer.steps.length < answer.stepCount ? <p className="goroutine-more"><Button onClick={() => setCount(count + MORE_STEPS)}>{copy.goroutine.showMore}</Button></p> : null}
      </section>
      <TimeInStates answer={answer} isRange={scope.range !== null} />
      <Samples answer={answer} scope={scope} />
    </div>
  );
}
