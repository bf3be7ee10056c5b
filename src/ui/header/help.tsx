/** The list of keys. */

import { useSession, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';
import { HELP_BUTTON_ID } from './shortcuts.ts';

export function Help() {
  const { header, help } = useStrings();
  const { view } = useSession();
  const hasShortcuts = useView((state) => state.hasShortcuts);
  return (
    <Popover
      className="tool"
      label={header.help}
      buttonId={HELP_BUTTON_ID}
      panelClassName="help"
      button={<Icon name="keyboard" />}
    >
      <strong className="help-title">{help.title}</strong>
      <span className="help-keys">
        {help.keys.map(({ keys, does }) => (
          <span key={does} className="help-row">
            <span className="help-combination">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
            <span>{does}</span>
          </span>
        ))}
      </span>
      <label className="help-switch">
        <input
          type="checkbox"
          checked={hasShortcuts}
          onChange={(event) => view.setState({ hasShortcuts: event.target.checked })}
        />
        <span>{help.shortcuts}</span>
      </label>
    </Popover>
  );
}
