/** When the run can't go on: what happened, what is safe, what to do. */

import { useActions, useRun, useStrings } from '../context.ts';
import { useErrorText } from './error-text.ts';

export function Failure() {
  const { failure: text } = useStrings();
  const { reopen } = useActions();
  const failure = useRun((state) => state.failure);
  const errorText = useErrorText();
  return (
    <div role="alert" className="failure-slot">
      {failure && (
        <div className="failure">
          <p>
            <strong>{text.title}</strong> {errorText(failure)} {text.safe}
          </p>
          <button type="button" className="primary" onClick={reopen}>
            {text.reopen}
          </button>
        </div>
      )}
    </div>
  );
}
