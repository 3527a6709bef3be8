/** Over a pane whose answer takes long: what is being computed for it. What it showed before stays, dimmed. */
import type {DerivationId} from '../derive/registry.ts';
import type {Pane} from '../state/slices/panes.ts';
import {useLongWork} from '../state/use-long-work.ts';
import {useWorkText} from '../state/use-work-text.ts';

/** Where the answer to a question is seen; those that are not named here are seen in the details. */
const PLACES: Partial<Record<DerivationId, Pane>> = {lanes: 'timeline', overview: 'timeline', moment: 'timeline', steps: 'timeline', links: 'timeline', matches: 'timeline', laneMatches: 'timeline', flame: 'flame', nextMatch: 'flame', frameDetails: 'flame'};

export function PaneWork({pane}: {readonly pane: Pane}) {
  const work = useLongWork();
  const text = useWorkText(work);
  // Said once, by the status line.
  return work !== null && (PLACES[work] ?? 'details') === pane ? <p className="pane-work" aria-hidden="true">{text}</p> : null;
}
