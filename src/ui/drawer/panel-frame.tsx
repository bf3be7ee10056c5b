/** What all panels of the drawer have in common: room, the step that is shown, and holding still while somebody reads. */

import type { ReactNode } from 'react';
import type { ReportedError } from '../../lib/errors.ts';
import { useFormat, useStrings } from '../context.ts';
import { useErrorText } from '../status/error-text.ts';
import type { useHeld } from './use-held.ts';

export interface PanelFrameProps {
  /** Training step of what is shown; null before there is anything. */
  readonly step: number | null;
  readonly isBehind?: boolean;
  readonly error?: ReportedError | null;
  /** Shown instead of everything, where there is nothing to show. */
  readonly note?: string | null;
  readonly held: ReturnType<typeof useHeld>;
  /** Switches of the panel, beside the step. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function PanelFrame({ step, isBehind, error, note, held, tools, children }: PanelFrameProps) {
  const { drawer } = useStrings();
  const format = useFormat();
  const errorText = useErrorText();
  return (
    <div className="panel" {...held.handlers}>
      <div className="panel-bar">
        {tools}
        <span className="panel-step">
          {step !== null && drawer.atStep(format.integer(step))}
          {isBehind && held.isHeld && ` · ${drawer.held}`}
        </span>
      </div>
      {error && (
        <p role="status" className="drawer-note">
          {errorText(error)}
        </p>
      )}
      {note ? <p className="drawer-note">{note}</p> : children}
    </div>
  );
}
