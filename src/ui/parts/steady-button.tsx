/** A button that may switch itself off by being pressed: it keeps the focus, where a disabled one would lose it. */

import type { ComponentProps } from 'react';

export interface SteadyButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'aria-disabled' | 'type'> {
  /** Nothing to do at the moment: it is drawn and spoken as disabled, and a press does nothing. */
  readonly isIdle: boolean;
}

export function SteadyButton({ isIdle, onClick, ...rest }: SteadyButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-disabled={isIdle}
      onClick={(event) => (isIdle ? undefined : onClick?.(event))}
    />
  );
}
