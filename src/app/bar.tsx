/** The bar at the top: open files, search, the palette, language, theme and keys. */
import {copyOf, languages} from '../state/copy/copy.ts';
import {themes} from '../state/slices/prefs.ts';
import {useCopy, useStore} from '../state/use-store.ts';
import {ProcessChooser} from '../views/process/chooser.tsx';
import {FilterChips} from '../views/process/filter-chips.tsx';
import {SourceChips} from '../views/sources/chips.tsx';
import {ClockChip} from '../views/sources/clock-chip.tsx';
import {Button} from '../views/ui/button.tsx';
import {FilePicker} from '../views/ui/file-picker.tsx';
import {Keys} from '../views/ui/keys.tsx';
import {MenuButton} from '../views/ui/menu.tsx';
import {Search} from './search.tsx';

export function Bar() {
  const copy = useCopy();
  const hasSources = useStore(({sources}) => sources.length > 0);
  const theme = useStore((state) => state.theme);
  const language = useStore((state) => state.language);
  const chooseTheme = useStore((state) => state.chooseTheme);
  const chooseLanguage = useStore((state) => state.chooseLanguage);
  const showOverlay = useStore((state) => state.showOverlay);
  // The start page has a heading of its own.
  const Brand = hasSources ? 'h1' : 'p';
  return (
    <header className="bar">
      <div className="bar-row">
        <Brand className="brand"><img src="./icon.svg" alt="" />{copy.name}</Brand>
        {hasSources ? (
          <>
            <SourceChips />
            <ClockChip />
            <FilePicker>{copy.bar.add}</FilePicker>
            <ProcessChooser />
          </>
        ) : null}
        <div className="bar-right">
          {hasSources ? <Search /> : null}
          <Button label={copy.palette.title} onClick={() => showOverlay('palette')}><Keys keys={['Ctrl+k']} /></Button>
          <MenuButton isSign label={copy.bar.language} groups={[{items: languages.map((value) => ({id: value, text: copyOf(value).languageName, lang: value, isChosen: value === language, run: () => chooseLanguage(value)}))}]}>
            {copy.bar.languageSign}
          </MenuButton>
          <MenuButton isSign label={copy.bar.theme} groups={[{items: themes.map((value) => ({id: value, text: copy.bar.themes[value], isChosen: value === theme, run: () => chooseTheme(value)}))}]}>
            <span aria-hidden="true">◐</span>
          </MenuButton>
          <Button label={copy.keys.title} onClick={() => showOverlay('keys')}>?</Button>
        </div>
      </div>
      <FilterChips />
    </header>
  );
}
