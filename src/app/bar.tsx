/** The bar at the top: open files, search, theme and language. */
import {useEffect, useRef} from 'react';
import {copyOf, languages} from '../state/copy/copy.ts';
import {themes} from '../state/slices/prefs.ts';
import {useCopy, useStore} from '../state/use-store.ts';
import {SourceChips} from '../views/sources/chips.tsx';
import {Choice} from '../views/ui/choice.tsx';
import {FilePicker} from '../views/ui/file-picker.tsx';

export function Bar() {
  const copy = useCopy();
  const hasSources = useStore(({sources}) => sources.length > 0);
  const theme = useStore((state) => state.theme);
  const language = useStore((state) => state.language);
  const chooseTheme = useStore((state) => state.chooseTheme);
  const chooseLanguage = useStore((state) => state.chooseLanguage);
  // The start page has a heading of its own.
  const Brand = hasSources ? 'h1' : 'p';
  return (
    <header className="bar">
      <Brand className="brand"><img src="./icon.svg" alt="" />{copy.name}</Brand>
      {hasSources ? (
        <>
          <SourceChips />
          <FilePicker>{copy.bar.add}</FilePicker>
        </>
      ) : null}
      <div className="bar-right">
        {hasSources ? <Search /> : null}
        <Choice label={copy.bar.theme} isLabelHidden value={theme} onChoose={chooseTheme} options={themes.map((value) => ({value, text: copy.bar.themes[value]}))} />
        <Choice label={copy.bar.language} isLabelHidden value={language} onChoose={chooseLanguage} options={languages.map((value) => ({value, text: copyOf(value).languageName}))} />
      </div>
    </header>
  );
}

/** `/` goes to it from anywhere, Escape clears it. */
function Search() {
  const copy = useCopy();
  const searched = useStore((state) => state.searched);
  const search = useStore((state) => state.search);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <input
      ref={input} type="search" className="field" aria-label={copy.bar.search} placeholder={`${copy.bar.search}  /`} value={searched} spellCheck={false} autoComplete="off"
      onChange={({target}) => search(target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') search('');
      }}
    />
  );
}
