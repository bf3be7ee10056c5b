/** Copies the link of what is seen. */

import { useEffect, useState } from 'react';
import { useNotices, useSession, useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { copyLink } from './shortcuts.ts';

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
