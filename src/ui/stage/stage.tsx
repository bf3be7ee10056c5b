/** The middle of the page: the model as a map, a sentence, and the heatmap of its translation. */

import { Heatmap } from '../heatmap/heatmap.tsx';
import { TimeTravel } from '../time/time-travel.tsx';
import { Schematic } from './schematic.tsx';
import { SentenceBox } from './sentence-box.tsx';
import { TranslationLines } from './translation-lines.tsx';

export function Stage() {
  return (
    <>
      <Schematic />
      <SentenceBox />
      <TranslationLines />
      <Heatmap />
      <TimeTravel />
    </>
  );
}
