/** The picture that is read, cell by cell: what would be read if a part of it were covered with paper? */

import { type MouseEvent, useState } from 'react';
import { blankCell, readCell } from '../../lib/picture-cells.ts';
import { withSource } from '../../store/edits.ts';
import { edit } from '../../store/edits-store.ts';
import { useEdits, useSession, useStrings } from '../context.ts';
import { nextInGrid, PictureStop } from '../parts/picture-stop.tsx';
import { SmallPicture } from '../parts/small-picture.tsx';
import { SteadyButton } from '../parts/steady-button.tsx';
import { tokenName } from '../parts/word.tsx';

export function CoverCells() {
  const strings = useStrings();
  const { cover } = strings.picture;
  const { edits } = useSession();
  const base = useEdits((state) => state.base?.source ?? NONE);
  const source = useEdits((state) => state.edits.source);
  /** The cell that the pointer or the walk came to last, and whether it is still there. */
  const [at, setAt] = useState(0);
  const [isLit, setLit] = useState(false);
  const reach = (cell: number): void => {
    setAt(cell);
    setLit(true);
  };
  const last = readCell(base.at(-1) ?? '');
  const [rows, columns] = [last?.row ?? 1, last?.column ?? 1];
  const place = Math.min(at, base.length - 1);
  const tokens = base.map((token, i) => source[i] ?? token);
  const covered = Object.keys(source).map(Number);

  const toggle = (cell: number): void =>
    edit(edits, (now) =>
      withSource(now, cell, now.source[cell] === undefined ? blankCell(base[cell] ?? '') : undefined),
    );
  const cellAt = (event: MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const row = along((event.clientY - box.top) / box.height, rows);
    return row * columns + along((event.clientX - box.left) / box.width, columns);
  };
  const name = tokenName(base[place] ?? '', strings);
  return (
    <section className="what-if-source" aria-labelledby="what-if-source">
      <div className="what-if-head">
        <h3 id="what-if-source">{cover.title}</h3>
        <p className="hint">{cover.hint}</p>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing is an extra here, the stop over it is the way in */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className="cover-cells"
        onClick={(event) => toggle(cellAt(event))}
        onPointerMove={(event) => reach(cellAt(event))}
        onPointerLeave={() => setLit(false)}
      >
        <SmallPicture tokens={tokens} label={strings.picture.name} />
        {covered.map((cell) => (
          <Mark key={cell} className="covered" cell={cell} rows={rows} columns={columns} />
        ))}
        {isLit && <Mark className="lit-region" cell={place} rows={rows} columns={columns} />}
        <PictureStop
          label={cover.walk}
          at={place}
          count={base.length}
          text={source[place] === undefined ? cover.open(name) : cover.covered(name)}
          next={(key) => nextInGrid(place, rows, columns, key)}
          onReach={reach}
          onChoose={toggle}
          onLeave={() => setLit(false)}
        />
      </div>
      <div className="picture-buttons">
        <SteadyButton
          isIdle={covered.length === 0}
          onClick={() => edit(edits, (now) => covered.reduce((next, cell) => withSource(next, cell, undefined), now))}
        >
          {cover.uncover}
        </SteadyButton>
      </div>
    </section>
  );
}

const NONE: readonly string[] = [];

interface MarkProps {
  readonly className: string;
  readonly cell: number;
  readonly rows: number;
  readonly columns: number;
}

/** The outline of a cell. */
function Mark({ className, cell, rows, columns }: MarkProps) {
  return (
    <span
      className={className}
      style={{
        insetInlineStart: `${(100 * (cell % columns)) / columns}%`,
        insetBlockStart: `${(100 * Math.floor(cell / columns)) / rows}%`,
        inlineSize: `${100 / columns}%`,
        blockSize: `${100 / rows}%`,
      }}
    />
  );
}
