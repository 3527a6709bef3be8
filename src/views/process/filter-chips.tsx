/** What narrows the whole page, one chip each; and what was chosen beforehand, with a way to all. Nothing where nothing narrows. */
import {goroutineName, isGoid} from '../../base/goroutine-name.ts';
import {noFilter, type Filter} from '../../derive/filter/shape.ts';
import {everybody} from '../../derive/processes/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {useProcesses} from './use-processes.ts';
import './filter-chips.css';

const FIELDS = ['process', 'thread', 'comm', 'startFunction', 'cause', 'goroutine'] as const satisfies readonly (keyof Filter)[];
const WHOSE: ReadonlySet<keyof Filter> = new Set(['process', 'thread', 'comm']);

export function FilterChips() {
  const copy = useCopy();
  const scope = useScope();
  const chooseFilter = useStore((state) => state.chooseFilter);
  const chooseWhose = useStore((state) => state.chooseWhose);
  const {answer: processes} = useProcesses();
  const goroutine = scope?.filter.goroutine ?? null;
  const {answer: story} = useAnswer('goroutine', goroutine && {...goroutine, range: null, event: null, weight: 'samples', counted: null, first: 0, count: 0});
  const narrowed = scope ? FIELDS.filter((field) => scope.filter[field] !== null) : [];
  const removeAll = () => {
    chooseFilter(noFilter);
    chooseWhose(everybody);
  };
  useCommands('page', narrowed.length > 0 ? [{id: 'filter.remove-all', title: copy.process.removeAll, keys: ['Shift+Backspace'], run: removeAll}] : []);
  if (!scope || narrowed.length === 0) return null;
  const text = copy.process;
  return (
    <section className="filters" aria-label={text.filters}>
      <span aria-hidden="true">{text.filters}</span>
      <ul>
        {narrowed.map((field) => (
          <li key={field}>
            <span>{chipText(field)}</span>
            {scope.isPreset && WHOSE.has(field) ? <small>{text.preset}</small> : null}
            <button type="button" aria-label={text.remove(chipText(field))} title={text.remove(chipText(field))} onClick={() => remove(field)}><span aria-hidden="true">×</span></button>
          </li>
        ))}
      </ul>
      {scope.isPreset || narrowed.length > 1 ? <Button look="quiet" onClick={removeAll}>{text.showAll}</Button> : null}
    </section>
  );

  /** To take away what was chosen beforehand is a choice, too. */
  function remove(field: keyof Filter): void {
    if (!scope) return;
    const {process, thread, comm} = scope.filter;
    if (WHOSE.has(field)) chooseWhose({process, thread, comm, [field]: null});
    else chooseFilter({[field]: null});
  }

  function chipText(field: (typeof FIELDS)[number]): string {
    const {process, thread, comm, startFunction, cause} = scope?.filter ?? noFilter;
    switch (field) {
      case 'process': return text.chips.process(thread === null && comm === null && processes?.chosen.name ? `${processes.chosen.name} (${process})` : String(process));
      case 'thread': return text.chips.thread(String(thread));
      case 'comm': return text.chips.comm(comm || text.unnamed);
      case 'startFunction': return text.chips.startFunction(startFunction ?? '');
      case 'cause': return text.chips.cause(cause ?? '');
      case 'goroutine': return text.chips.goroutine(!story ? '…' : isGoid(story.id) ? String(story.id) : goroutineName(story.id));
    }
  }
}
