/** Ways to bring pairs: choose, drop, paste. */

import { useId, useRef, useState } from 'react';
import { useActions, useStrings } from '../context.ts';

export interface BringProps {
  /** Nothing has been read yet: the formats are explained. */
  readonly isFirst: boolean;
}

export function Bring({ isFirst }: BringProps) {
  const { data, joined } = useStrings();
  const { importFiles } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const [isPasting, setPasting] = useState(false);
  const [text, setText] = useState('');
  const id = useId();
  return (
    <section className="data-bring" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{data.title}</h2>
      {isFirst && <p className="data-intro">{data.intro}</p>}
      <div className="data-ways">
        <input
          ref={input}
          type="file"
          multiple
          className="visually-hidden"
          tabIndex={-1}
          aria-label={data.choose}
          accept=".txt,.tsv,.tab,.csv,.json,.jsonl,.ndjson,.tmx,.zip,text/*"
          onChange={(event) => {
            void importFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <button type="button" className={isFirst ? 'primary' : ''} onClick={() => input.current?.click()}>
          {isFirst ? data.choose : data.another}
        </button>
        <button type="button" aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
          {data.paste}
        </button>
        <span className="hint">{data.drop}</span>
      </div>
      {isPasting && (
        <div className="data-paste">
          <label>
            <span className="visually-hidden">{data.paste}</span>
            <textarea
              rows={5}
              value={text}
              placeholder={data.pasteHint}
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button
            type="button"
            disabled={text.trim() === ''}
            onClick={() => void importFiles([new File([text], data.pastedName)])}
          >
            {data.usePasted}
          </button>
        </div>
      )}
      {isFirst && <p className="hint">{joined.sentences([data.formats, data.privacy])}</p>}
    </section>
  );
}
