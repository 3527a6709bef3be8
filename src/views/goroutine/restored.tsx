/** Callers that the chain lacks, restored from a probe on morestack: they look another way than what was recorded. */
import {shortName} from '../../base/short-name.ts';
import {useCopy} from '../../state/use-store.ts';

export function Restored({names}: {readonly names: readonly string[]}) {
  const text = useCopy().goroutine;
  return (
    <p className="chain chain-restored">
      {text.restored} {names.map((name, i) => (
        // A function may come again: the place in the chain is the identity.
        <span key={i}>
          ← <code title={name}>{shortName(name)}</code>{' '}
        </span>
      ))}
    </p>
  );
}
