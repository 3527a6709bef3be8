/** Commands of the page itself: the palette, the sheet of keys, theme and language. It draws nothing. */
import {copyOf, languages} from '../state/copy/copy.ts';
import {themes} from '../state/slices/prefs.ts';
import {useCommands} from '../state/use-commands.ts';
import {useCopy, useStore} from '../state/use-store.ts';

export function PageCommands() {
  const copy = useCopy();
  const theme = useStore((state) => state.theme);
  const language = useStore((state) => state.language);
  const chooseTheme = useStore((state) => state.chooseTheme);
  const chooseLanguage = useStore((state) => state.chooseLanguage);
  const showOverlay = useStore((state) => state.showOverlay);
  useCommands('page', [
    {id: 'page.palette', title: copy.palette.title, keys: ['Ctrl+k'], run: () => showOverlay('palette')},
    {id: 'page.keys', title: copy.keys.title, keys: ['?'], run: () => showOverlay('keys')},
    ...themes.map((value) => ({id: `page.theme-${value}`, title: copy.palette.theme(copy.bar.themes[value]), keys: [], isOn: value === theme, run: () => chooseTheme(value)})),
    ...languages.map((value) => ({id: `page.language-${value}`, title: copy.palette.language(copyOf(value).languageName), keys: [], isOn: value === language, run: () => chooseLanguage(value)})),
  ]);
  return null;
}
