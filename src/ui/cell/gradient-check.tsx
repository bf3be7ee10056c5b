/** Gradients of the backward pass beside central differences, on demand. */

import { useState } from 'react';
import type { ReportedError } from '../../lib/errors.ts';
import type { Answer, Question } from '../../training/questions.ts';
import { useActions, useFormat, useStrings } from '../context.ts';
import { useErrorText } from '../status/error-text.ts';
import { Step, TableFrame } from './arithmetic.tsx';
import { relativeError, scientific } from './powers.ts';

/** Gradients that one press checks. */
const COUNT = 8;

export function GradientCheck({ question }: { readonly question: Question<'backward'> }) {
  const { cell } = useStrings();
  const texts = cell.backward;
  const format = useFormat();
  const errorText = useErrorText();
  const { ask } = useActions();
  const [turn, setTurn] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer<'gradient-check'> | null>(null);
  const [error, setError] = useState<ReportedError | null>(null);
  const check = async (): Promise<void> => {
    setAsking(true);
    setTurn(turn + 1);
    const result = await ask('gradient-check', { ...question, count: COUNT, seed: turn });
    setAsking(false);
    setAnswer(result.answer ?? null);
    setError(result.error ?? null);
  };
  return (
    <Step number={3} title={texts.check}>
      <p className="hint">{texts.checkHint}</p>
      <div>
        <button type="button" aria-disabled={isAsking} onClick={() => !isAsking && void check()}>
          {isAsking ? texts.checking : answer ? texts.checkAgain : texts.check}
        </button>
      </div>
      <div role="status">
        {error && <p className="hint">{errorText(error)}</p>}
        {answer && <p className="hint">{texts.checkedAt(answer.checked.length, format.integer(answer.step))}</p>}
      </div>
      {answer && (
        <TableFrame label={texts.check}>
          <table className="card-table">
            <thead>
              <tr>
                <th scope="col">{texts.parameter}</th>
                <th scope="col">{texts.analytic}</th>
                <th scope="col">{texts.numeric}</th>
                <th scope="col">{texts.relativeError}</th>
              </tr>
            </thead>
            <tbody>
              {answer.checked.map(({ parameter, row, column, analytic, numeric }) => (
                <tr key={`${parameter} ${row} ${column}`}>
                  <th scope="row">{texts.entry(parameter.replace('attention.', ''), row, column)}</th>
                  <td>{scientific(analytic, 4)}</td>
                  <td>{scientific(numeric, 4)}</td>
                  <td>{scientific(relativeError(analytic, numeric), 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Step>
  );
}
