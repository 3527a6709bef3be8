/** Calls from the leaf to the root. */
import {shortName} from '../../base/short-name.ts';
import type {ReadableChain} from '../../derive/readable/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function Chain({chain}: {readonly chain: ReadableChain}) {
  const copy = useCopy();
  const figures = useFigures();
  return (
    <p className="chain">
      {chain.calls.map(({name, times, restored}, i) => (
        // A function may come again: the place in the chain is the identity.
        <span key={i}>
          {i > 0 ? ' ← ' : ''}
          <code className={restored ? 'call-restored' : undefined} title={restored ? `${name}\n${copy.flame.restored}` : name}>{shortName(name)}</code>
          {times > 1 ? ` ${copy.goroutine.times(figures.count(times))}` : ''}
        </span>
      ))}
      {chain.moreFrames > 0 ? ` ← ${copy.goroutine.moreFrames(figures.count(chain.moreFrames))}` : ''}
    </p>
  );
}
