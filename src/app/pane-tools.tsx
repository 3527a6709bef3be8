/** In the corner of a pane: give it the page and take it back, close it. */
import type {Pane} from '../state/slices/panes.ts';
import {useCopy, useStore} from '../state/use-store.ts';
import {Button} from '../views/ui/button.tsx';

export function PaneTools({pane, onClose}: {readonly pane: Pane; readonly onClose: () => void}) {
  const copy = useCopy();
  const name = copy.panes.names[pane];
  const isFull = useStore((state) => state.fullPane === pane);
  const isLast = useStore((state) => state.panes.closed.length === 2);
  const fillWithPane = useStore((state) => state.fillWithPane);
  return (
    <span className="pane-tools">
      <Button look="quiet" label={isFull ? copy.panes.shrink : copy.panes.fill(name)} onClick={() => fillWithPane(isFull ? null : pane)}>
        <svg viewBox="0 0 12 12" aria-hidden="true"><path d={isFull ? 'M5 1v4H1M7 11V7h4' : 'M7 1h4v4M5 11H1V7'} /></svg>
      </Button>
      {isFull || isLast ? null : (
        <Button look="quiet" label={copy.panes.close(name)} onClick={onClose}>
          <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg>
        </Button>
      )}
    </span>
  );
}
