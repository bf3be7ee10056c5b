/** A term of art that opens to one sentence. */

import { useStrings } from '../context.ts';
import type { TermName } from '../strings/strings.ts';
import { Popover } from './popover.tsx';

export function Term({ name, children }: { readonly name: TermName; readonly children?: string }) {
  const strings = useStrings();
  const { label, sentence } = strings.terms[name];
  return (
    <Popover
      className="term"
      label={strings.openTerm(children ?? label)}
      panelClassName="term-sentence"
      button={children ?? label}
    >
      <strong>{label}</strong> {sentence}
    </Popover>
  );
}
