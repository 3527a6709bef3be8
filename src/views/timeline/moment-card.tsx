/** What stands at a time of a lane, on a card beside it: for the eye while the pointer moves, to be read, selected and copied when it is kept. */
import {goroutineName} from '../../base/goroutine-name.ts';
import {useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject} from 'react';
import type {MomentAnswer} from '../../derive/moment/shape.ts';
import {useCopy} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {beside, type Point} from '../ui/beside.ts';
import {Button} from '../ui/button.tsx';
import {useMomentText, type CardPart} from './use-moment-text.ts';

export interface MomentCardProps {
  readonly answer: MomentAnswer;
  /** What the lane is called. */
  readonly title: string;
  /** What the card is about, on the layer. */
  readonly at: Point;
  readonly layer: RefObject<HTMLElement | null>;
  /** What event the cursor stands on, where the lane is of many goroutines; null: none. */
  readonly told: string | null;
  /** It stays, and has links. */
  readonly isKept: boolean;
  readonly takesFocus: boolean;
  readonly onClose: () => void;
  /** To the next event of the lane, or the one before; null: it has none. */
  readonly onStep: ((direction: 'next' | 'previous') => void) | null;
  readonly onStory: (goroutine: NonNullable<MomentAnswer['goroutine']>) => void;
}

export function MomentCard({answer, title, at, layer, told, isKept, takesFocus, onClose, onStep, onStory}: MomentCardProps) {
  const {moment} = useCopy();
  const time = useTimeText();
  const describe = useMomentText();
  const card = usePlaced(layer, at);
  useEffect(() => {
    if (takesFocus) card.current?.focus();
  }, [card, takesFocus]);
  const named = [answer.goroutine, answer.wake?.by ?? null].filter((name) => name !== null);
  const content: ReactNode = (
    <>
      <p className="card-head"><strong>{title}</strong><span>{time.exact(answer.timeNs)}</span></p>
      {told === null ? null : <p className="card-part">{told}</p>}
      {describe(answer).map((part, i) => <Part key={i} part={part} />)}
    </>
  );
  if (!isKept) return <div ref={card} className="moment-card" aria-hidden="true">{content}</div>;
  return (
    <div ref={card} className="moment-card moment-card-kept" role="dialog" aria-label={moment.card} tabIndex={-1}>
      {content}
      <p className="card-actions">
        {named.map((name) => <Button key={name.goroutine} look="quiet" onClick={() => onStory(name)}>{moment.openStory(goroutineName(name.id))}</Button>)}
        {onStep ? <Button look="quiet" label={moment.commands.previous} onClick={() => onStep('previous')}>◂</Button> : null}
        {onStep ? <Button look="quiet" label={moment.commands.next} onClick={() => onStep('next')}>▸</Button> : null}
        <Button look="quiet" onClick={onClose}>{moment.close}</Button>
      </p>
    </div>
  );
}

function Part({part: {text, look, chain, note}}: {readonly part: CardPart}) {
  const {flame, moment} = useCopy();
  return (
    <div className={`card-part${look === null ? '' : ` card-${look}`}`}>
      <p>{text}</p>
      {chain ? (
        <p className="card-chain">
          {chain.calls.map(({name, full, times, restored}, i) => <span key={i}>{i > 0 ? ' ← ' : ''}<code title={restored ? `${full}\n${flame.restored}` : full} className={restored ? 'call-restored' : undefined}>{name}</code>{times === '' ? '' : ` × ${times}`}</span>)}
          {chain.more === '' ? '' : ` ← ${moment.moreFrames(chain.more)}`}
        </p>
      ) : null}
      {note === null ? null : <p className="card-note">{note}</p>}
    </div>
  );
}

/**
 * Moves the card beside its point before it is seen: how large it is shows only when it is there. It is measured in the frame that shows it,
 * once, however often it changed: each measure lays out the page (bench: wheel zoom).
 */
function usePlaced(layer: RefObject<HTMLElement | null>, {x, y}: Point): RefObject<HTMLDivElement | null> {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (!card.current || !layer.current) return;
      const {left, top, width} = layer.current.getBoundingClientRect();
      const {offsetWidth: widthPx, offsetHeight: heightPx} = card.current;
      const at = beside({x: left + Math.max(0, Math.min(width, x)), y: top + y}, {widthPx, heightPx}, {widthPx: window.innerWidth, heightPx: window.innerHeight});
      card.current.style.left = `${at.x}px`;
      card.current.style.top = `${at.y}px`;
    });
    return () => cancelAnimationFrame(frame);
  });
  return card;
}
