/** Under a heatmap whose context nothing uses: why it changes nothing, and a check that the visitor makes. */

import '../styles/too-late.css';
import { resetEdits } from '../../store/edits-store.ts';
import { changeAllRows, type LateChange, lateCheck } from '../../store/late-check.ts';
import { useEdits, useFormat, useFrames, useSession, useStrings } from '../context.ts';
import { SteadyButton } from '../parts/steady-button.tsx';

const CHANGES: readonly LateChange[] = ['shuffle', 'first-word'];

export default function TooLate() {
  const { tooLate } = useStrings();
  const format = useFormat();
  const { edits, frames } = useSession();
  const own = useEdits((state) => state.edits);
  const result = useEdits((state) => state.result);
  const isPast = useFrames((state) => state.overlay?.kind === 'past');
  const hasRows = Object.keys(own.attention).length > 0;
  const check = lateCheck(own, result);
  return (
    <section className="too-late" aria-labelledby="too-late-title">
      <h3 id="too-late-title">{tooLate.title}</h3>
      <p>{tooLate.why}</p>
      <div className="too-late-buttons">
        {CHANGES.map((change) => (
          <SteadyButton
            key={change}
            className="toggle"
            isIdle={isPast}
            onClick={() => changeAllRows(edits, frames, change)}
          >
            {tooLate.changes[change]}
          </SteadyButton>
        ))}
        <SteadyButton className="toggle" isIdle={!hasRows} onClick={() => resetEdits(edits)}>
          {tooLate.back}
        </SteadyButton>
      </div>
      <p className="too-late-check" role="status">
        {isPast
          ? tooLate.past
          : check === null
            ? tooLate.invitation
            : (check.isSame ? tooLate.same : tooLate.differs)(
                format.integer(check.numbers),
                format.integer(check.step),
              )}
      </p>
    </section>
  );
}
