/** Patterns that the events prove: what happened, what it cost, why it is named so, and what helps. */
import {CRITERIA, patternKinds} from '../../derive/patterns/shape.ts';
import {usePatterns} from '../../state/use-patterns.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {Criterion} from './criterion.tsx';
import {PatternCard} from './pattern-card.tsx';
import './view.css';

export function PatternsView() {
  const copy = useCopy();
  const figures = useFigures();
  const scope = useScope();
  const {answer, isStale} = usePatterns(scope);
  const text = copy.patterns;
  if (!scope) return <NothingRead><Message>{text.start}</Message></NothingRead>;
  if (!scope.group || answer?.countedBy === null) return <Message>{text.noSizes}</Message>;
  if (!answer) return null;
  return (
    <div className={`patterns${isStale ? ' stale' : ''}`}>
      {answer.patterns.length === 0 ? (
        <div className="patterns-none">
          <p>{text.none}</p>
          <p className="patterns-aside">{text.looked}</p>
          <dl>
            {patternKinds.map((kind) => (
              <div key={kind}>
                <dt>{text.names[kind]}</dt>
                <dd><Criterion kind={kind} criteria={CRITERIA} /></dd>
              </div>
            ))}
          </dl>
        </div>
      ) : (
        <ul>
          {/* A kind and a start function may have several, one a function that grew. */}
          {answer.patterns.map((pattern, i) => <PatternCard key={`${pattern.kind} ${pattern.startFunction ?? ''} ${i}`} pattern={pattern} isFirst={i === 0} />)}
        </ul>
      )}
      {answer.more > 0 ? <p className="patterns-aside">{text.more(figures.count(answer.more))}</p> : null}
    </div>
  );
}
