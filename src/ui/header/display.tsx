/** How the page looks and speaks: language, theme, size. */

import type { Language, Size, ThemeChoice } from '../../store/view-store.ts';
import { LANGUAGES, SIZES } from '../../store/view-store.ts';
import { useSession, useStrings, useView } from '../context.ts';
import { useLanguage } from '../language.tsx';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { THEMES } from './shortcuts.ts';

/** Languages in their own words, so that who reads no other finds theirs. */
const NAMES: Readonly<Record<Language, { readonly name: string; readonly tag: string }>> = {
  en: { name: 'English', tag: 'en' },
  zh: { name: '中文', tag: 'zh-Hans' },
};

export function Display() {
  const { header, access, display } = useStrings();
  const { view } = useSession();
  const language = useLanguage();
  const theme = useView((state) => state.theme);
  const size = useView((state) => state.size);
  return (
    <Popover
      className="tool"
      label={display.label}
      panelClassName="display"
      button={
        <>
          <Icon name={theme} />
          <span>{display.short}</span>
        </>
      }
    >
      <span className="display-row">
        <span className="display-label">{display.language}</span>
        <Segmented<Language>
          label={display.language}
          value={language}
          options={LANGUAGES.map((value) => ({
            value,
            label: <span lang={NAMES[value].tag}>{NAMES[value].name}</span>,
          }))}
          onChange={(value) => view.setState({ language: value })}
        />
      </span>
      <span className="display-row">
        <span className="display-label">{header.theme}</span>
        <Segmented<ThemeChoice>
          label={header.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, label: header.themes[value] }))}
          onChange={(value) => view.setState({ theme: value })}
        />
      </span>
      <span className="display-row">
        <span className="display-label">{access.size}</span>
        <Segmented<Size>
          label={access.size}
          value={size}
          options={SIZES.map((value) => ({ value, label: access.sizes[value] }))}
          onChange={(value) => view.setState({ size: value })}
        />
      </span>
    </Popover>
  );
}
