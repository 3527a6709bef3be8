/** Says whose samples are looked at, and opens the list to choose from: `app (pid 30734) · 34 % of samples ▾`. */
import {useRef, useState} from 'react';
import type {ProcessesAnswer, Whose} from '../../derive/processes/shape.ts';
import type {Figures} from '../../base/figures.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useAway} from '../ui/use-away.ts';
import {ProcessList} from './list.tsx';
import {useProcesses} from './use-processes.ts';
import {whoseText} from './whose-text.ts';
import './chooser.css';

/** Nothing where there is one thread only. */
export function ProcessChooser() {
  const copy = useCopy();
  const figures = useFigures();
  const {answer, scope} = useProcesses();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const hasChoice = answer !== null && scope !== null && scope.event !== null && answer.threads > 1;
  useCommands('page', hasChoice ? [{id: 'process.choose', title: copy.process.choose, keys: ['p'], run: () => setOpen(true)}] : []);
  useAway(isOpen, whole, () => setOpen(false));
  if (!hasChoice) return null;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={whole} className="process">
      <button ref={button} type="button" className="button process-button" aria-haspopup="dialog" aria-expanded={isOpen} title={copy.process.choose} onClick={() => setOpen(!isOpen)}>
        {chosenText(answer, scope.filter, copy, figures)} <span aria-hidden="true">▾</span>
      </button>
      {isOpen ? <ProcessList onClose={close} /> : null}
    </div>
  );
}

function chosenText({chosen, weight, processes, threads, hasPids}: ProcessesAnswer, whose: Whose, copy: Copy, figures: Figures): string {
  const text = copy.process;
  const isAll = whose.process === null && whose.thread === null && whose.comm === null;
  if (isAll && processes === 1) return `${chosen.name || text.unnamed} · ${text.threads(figures.count(threads))}`;
  if (isAll) return hasPids ? text.processes(figures.count(processes)) : text.names(figures.count(processes));
  return text.chosen(whoseText(whose, chosen.name, copy), figures.share(weight > 0 ? chosen.weight / weight : 0));
}
