/** Copy the link; change the theme and the size. */

import { useEffect, useState } from 'react';
import { useNotices, useSession, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { copyLink, nextTheme } from './shortcuts.ts';

const CONFIRMATION_MS = 2000;

export function CopyLink() {
  const { header } = useStrings();
  const session = useSession();
  const copied = useNotices((state) => state.notices.find((notice) => notice.kind === 'link-copied') ?? null);
  const [isFresh, setFresh] = useState(false);
  useEffect(() => {
    if (!copied) return;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button type="button" className="tool" onClick={() => void copyLink(session)} aria-keyshortcuts="c">
      <Icon name="link" />
      <span className="tool-label">{isFresh ? header.linkCopied : header.copyLink}</span>
    </button>
  );
}

/** Larger type and words, for a room that looks at a projector. */
export function SizeToggle() {
  const { access } = useStrings();
  const { view } = useSession();
  const isLarge = useView((state) => state.size === 'large');
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={isLarge}
      aria-label={`${access.size}: ${access.sizes.large}`}
      title={`${access.size}: ${access.sizes[isLarge ? 'large' : 'normal']}`}
      onClick={() => view.setState({ size: isLarge ? 'normal' : 'large' })}
    >
      <Icon name="size" />
    </button>
  );
}

export function ThemeToggle() {
  const { header } = useStrings();
  const { view } = useSession();
  const theme = useView((state) => state.theme);
  const name = `${header.theme}: ${header.themes[theme]}`;
  return (
    <button
      type="button"
      className="tool"
      onClick={() => nextTheme(view)}
      aria-label={name}
      title={name}
      aria-keyshortcuts="t"
    >
      <Icon name={theme} />
    </button>
  );
}
