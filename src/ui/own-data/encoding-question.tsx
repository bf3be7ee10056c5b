/** Bytes that do not say how they are meant: the visitor sees what each encoding makes of them, and chooses. */

import type { ImportState } from '../../store/import-store.ts';
import { useSession, useStrings } from '../context.ts';

export function EncodingQuestion({ asked }: { readonly asked: NonNullable<ImportState['asked']> }) {
  const { data } = useStrings();
  const { imports } = useSession();
  return (
    <section className="data-encodings" aria-label={data.askEncoding(asked.fileName)}>
      <h3>{data.askEncoding(asked.fileName)}</h3>
      <p className="hint">{data.encodingHint}</p>
      <ul>
        {asked.candidates.map(({ encoding, sample }) => (
          <li key={encoding}>
            <div className="data-sample">
              {sample.map((line, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text
                <p key={i}>{line.replaceAll('\t', '  →  ')}</p>
              ))}
            </div>
            <button type="button" onClick={() => void imports.chooseEncoding(encoding)}>
              {data.takeEncoding(data.encodings[encoding])}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
