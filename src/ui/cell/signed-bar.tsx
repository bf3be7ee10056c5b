/** A signed number as a bar to the left or to the right of zero. */

export interface SignedBarProps {
  readonly value: number;
  /** Size of a value whose bar fills its half. */
  readonly limit: number;
}

export function SignedBar({ value, limit }: SignedBarProps) {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  return (
    <span className="signed-bar" aria-hidden="true">
      <span
        className={value < 0 ? 'below' : 'above'}
        style={{ width: `${share * 50}%`, [value < 0 ? 'right' : 'left']: '50%' }}
      />
    </span>
  );
}

/** The largest size among printed numbers. */
export const limitOf = (values: readonly { readonly value: number }[]): number =>
  values.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
