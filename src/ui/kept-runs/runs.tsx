/** The button that opens the list of kept runs. */

import { lazy, Suspense, useState } from 'react';
import { useStrings } from '../context.ts';
import { RUNS_BUTTON_ID } from '../header/shortcuts.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';

const Shelf = lazy(() => import('./shelf.tsx'));

export function Runs() {
  const { runs } = useStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      className="tool"
      buttonId={RUNS_BUTTON_ID}
      panelClassName="shelf-panel"
      onOpen={setOpen}
      button={
        <>
          <Icon name="runs" />
          <span className="tool-label">{runs.title}</span>
        </>
      }
    >
      <Suspense>{isOpen && <Shelf />}</Suspense>
    </Popover>
  );
}
