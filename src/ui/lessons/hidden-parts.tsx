/** Says that a link has left parts of the page out, and brings them back. */

import { useSession, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';

export function HiddenParts() {
  const { lessons } = useStrings();
  const { view } = useSession();
  const count = useView((state) => state.hidden.length);
  if (count === 0) return null;
  return (
    <Popover
      className="tool"
      label={lessons.partsHidden(count)}
      panelClassName="hidden-parts"
      button={<Icon name="hidden" />}
    >
      {lessons.partsHidden(count)}{' '}
      <button type="button" className="text-button" onClick={() => view.setState({ hidden: [] })}>
        {lessons.showAll}
      </button>
    </Popover>
  );
}
