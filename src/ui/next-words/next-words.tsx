/** What could come next at each step, and what beam search makes of it. */

import '../styles/next-words.css';
import { useState } from 'react';
import type { PastCandidates } from '../../store/timeline-codec.ts';
import { useStagedScene } from '../cell/use-staged.ts';
import { useStrings, useTimeline, useView } from '../context.ts';
import { PanelFrame } from '../drawer/panel-frame.tsx';
import { useAnswer } from '../drawer/use-answer.ts';
import { useHeld } from '../drawer/use-held.ts';
import { BeamTools } from './beam-tools.tsx';
import { BeamTree } from './beam-tree.tsx';
import { Candidates } from './candidates.tsx';
import { Hypotheses } from './hypotheses.tsx';

const FIRST_WIDTH = 5;

export default function NextWords() {
  const { nextWords } = useStrings();
  const held = useHeld();
  const { scene, note } = useStagedScene();
  const chosen = useView((state) => state.beamWidth);
  const [width, setWidth] = useState(chosen > 1 ? chosen : FIRST_WIDTH);
  /** The translation that the tree points out; null for the best. */
  const [pointed, setPointed] = useState<number | null>(null);
  const options = { isLive: true, isHeld: held.isHeld };
  const explored = useAnswer('explore', scene && { scenes: [scene] }, options);
  const searched = useAnswer('beam', scene && { source: scene.source, width }, options);
  const past = useTimeline((state) => state.past?.candidates ?? null);
  if (past) return <PastWords past={past} held={held} />;
  const step = explored.answer?.step ?? searched.answer?.step ?? null;
  const decoded = explored.answer?.scenes[0];
  const search = searched.answer;
  const isBeyondSearch =
    scene !== null &&
    (scene.temperature !== 1 || scene.attention.some(Boolean) || Object.values(scene.off).some(Boolean));
  return (
    <PanelFrame
      step={step}
      isBehind={explored.isBehind || searched.isBehind}
      error={explored.error ?? searched.error}
      note={note}
      held={held}
      tools={<BeamTools width={width} onWidth={setWidth} />}
    >
      <section className="next-words" aria-labelledby="candidates-title">
        <h3 id="candidates-title">{nextWords.candidates.title}</h3>
        <p className="drawer-note">{nextWords.candidates.hint}</p>
        {decoded && (
          <Candidates
            target={decoded.translation.target}
            lists={decoded.candidates}
            entropies={decoded.entropies}
            words={explored.question?.scenes[0]?.words ?? []}
          />
        )}
      </section>
      <section className="next-words" aria-labelledby="beam-title">
        <h3 id="beam-title">{nextWords.beam.title}</h3>
        <p className="drawer-note">{nextWords.beam.hint}</p>
        {isBeyondSearch && <p className="drawer-note">{nextWords.beam.untouched}</p>}
        {search ? (
          <>
            <BeamTree search={search} pointed={pointed ?? 0} />
            <Hypotheses search={search} onPoint={setPointed} />
          </>
        ) : (
          !searched.error && <p className="drawer-note">{nextWords.beam.searching}</p>
        )}
      </section>
    </PanelFrame>
  );
}

/** What is kept of the candidates of a past moment. */
function PastWords({ past, held }: { readonly past: PastCandidates; readonly held: ReturnType<typeof useHeld> }) {
  const { nextWords } = useStrings();
  return (
    <PanelFrame step={past.step} held={held}>
      <section className="next-words" aria-labelledby="candidates-title">
        <h3 id="candidates-title">{nextWords.candidates.title}</h3>
        <p className="drawer-note">{nextWords.candidates.past}</p>
        <Candidates target={past.target} lists={past.candidates} entropies={null} words={[]} />
      </section>
    </PanelFrame>
  );
}
