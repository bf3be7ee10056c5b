/** A picture of one's own, read at once: drawn on a pad, or written by hand for whoever types the digits; and the choice of samples. */

import '../styles/picture.css';
import { type FormEvent, useId, useState } from 'react';
import { drawingCells } from '../../lib/drawing.ts';
import { cellTokens, pictureOf, pictureText } from '../../lib/picture-cells.ts';
import type { Stroke } from '../../lib/strokes.ts';
import { useActions, useFrames, useRun, useStrings } from '../context.ts';
import { SENTENCE_INPUT_ID } from '../header/shortcuts.ts';
import { SentenceChoice } from '../stage/sentence-choice.tsx';
import { useErrorText } from '../status/error-text.ts';
import { PAD, Pad } from './pad.tsx';

/** As many as the generator writes. */
const MAX_DIGITS = 6;

export default function PictureBox() {
  const { picture } = useStrings();
  const { translate } = useActions();
  const sample = useRun((state) => state.run?.samples[0]?.source ?? null);
  const isFailed = useRun((state) => state.phase === 'failed');
  const problem = useFrames((state) => state.problem);
  const errorText = useErrorText();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const read = (next: readonly Stroke[]): void => {
    setStrokes(next);
    const size = sample && pictureOf(sample);
    if (size && next.length > 0) void translate(pictureText(cellTokens(drawingCells(next, PAD.height, size), size)));
  };
  return (
    <div className="picture-box">
      <Pad
        strokes={strokes}
        label={picture.pad(strokes.length)}
        hint={picture.padHint}
        onStroke={(stroke) => read([...strokes, stroke])}
      />
      <div className="picture-tools">
        <div className="picture-buttons">
          <button type="button" disabled={strokes.length === 0} onClick={() => setStrokes([])}>
            {picture.clear}
          </button>
          <button type="button" disabled={strokes.length === 0} onClick={() => read(strokes.slice(0, -1))}>
            {picture.undo}
          </button>
        </div>
        <Handwriting isFailed={isFailed} onWritten={() => setStrokes([])} />
        <span role="status">{problem && errorText(problem)}</span>
        <SentenceChoice />
      </div>
    </div>
  );
}

/** Writes typed digits as the generator does, every time in another hand. */
function Handwriting({ isFailed, onWritten }: { readonly isFailed: boolean; readonly onWritten: () => void }) {
  const { picture } = useStrings();
  const { translate } = useActions();
  const isReading = useFrames((state) => state.isTranslating);
  const [draft, setDraft] = useState('');
  const [turn, setTurn] = useState(1);
  const hintId = useId();
  const digits = draft.replace(/\D/g, '').slice(0, MAX_DIGITS);
  const write = (event: FormEvent): void => {
    event.preventDefault();
    if (digits.length === 0) return;
    setTurn(turn + 1);
    onWritten();
    void translate(`${digits}/${turn}`);
  };
  return (
    <form className="handwriting" onSubmit={write}>
      <input
        id={SENTENCE_INPUT_ID}
        aria-label={picture.digits}
        aria-describedby={hintId}
        placeholder={picture.digitsExample}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        inputMode="numeric"
        autoComplete="off"
        enterKeyHint="go"
      />
      <button type="submit" disabled={digits.length === 0 || isReading || isFailed}>
        {picture.write}
      </button>
      <span id={hintId} className="visually-hidden">
        {picture.digitsHint}
      </span>
    </form>
  );
}
