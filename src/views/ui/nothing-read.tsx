/** What stands in a pane while no open file has anything to show: that none could be read, and the way to why; or that there are binaries only. Else what it is given. */
import type {ReactNode} from 'react';
import {useBinaries} from '../../state/use-binaries.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button} from './button.tsx';
import {Message} from './message.tsx';

export function NothingRead({children}: {readonly children?: ReactNode}) {
  const copy = useCopy();
  const binaries = useBinaries();
  const areBinaries = useStore(({sources}) => sources.filter(({phase}) => phase === 'open').length === binaries?.open.length) && (binaries?.open.length ?? 0) > 0;
  const isUnread = useStore(({sources}) => sources.length > 0 && sources.every(({phase}) => phase === 'unreadable' || phase === 'failed'));
  const showTab = useStore((state) => state.showTab);
  if (areBinaries) return <Message>{copy.symbols.onlyBinaries}</Message>;
  return isUnread ? <Message help={<Button onClick={() => showTab('faults')}>{copy.headline.links.faults}</Button>}>{copy.headline.unreadable}</Message> : children;
}
