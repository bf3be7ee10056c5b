/** The button that opens the list of files to take away. */

import { lazy, Suspense, useState } from 'react';
import { useStrings } from '../context.ts';
import { TAKE_AWAY_BUTTON_ID } from '../header/shortcuts.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';

const Files = lazy(() => import('./file-list.tsx'));

export function TakeAway() {
  const { header } = useStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      className="tool"
      buttonId={TAKE_AWAY_BUTTON_ID}
      panelClassName="take-away-panel"
      onOpen={setOpen}
      button={
        <>
          <Icon name="download" />
          <span className="tool-label">{header.takeAway}</span>
        </>
      }
    >
      <Suspense>{isOpen && <Files />}</Suspense>
    </Popover>
  );
}
