/** Asks whose the samples of the scope are. */
import type {ProcessesQuestion} from '../../derive/processes/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useScope, type Scope} from '../../state/use-scope.ts';

/** What is listed; nothing while the list is closed. */
export type Listing = Pick<ProcessesQuestion, 'open' | 'search' | 'first' | 'count'>;

const CLOSED: Listing = {open: [], search: '', first: 0, count: 0};

export function useProcesses(listing: Listing = CLOSED) {
  const scope = useScope();
  return {...useAnswer('processes', scope ? questionOf(scope, listing) : null), scope};
}

function questionOf({event, weight, range, isEventOnAxis, filter: {process, thread, comm}}: Scope, listing: Listing): ProcessesQuestion | null {
  return event && {...event, weight, range: isEventOnAxis ? range : null, chosen: {process, thread, comm}, ...listing};
}
