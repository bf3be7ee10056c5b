/** The middle of the page: the model as a map, a sentence or a picture, and the heatmap of what is made of it. */

import { lazy, Suspense } from 'react';
import { familyOf } from '../../model/config.ts';
import { useSettings } from '../context.ts';
import { Heatmap } from '../heatmap/heatmap.tsx';
import { Part } from '../lessons/part.tsx';
import { TimeTravel } from '../time/time-travel.tsx';
import { Schematic } from './schematic.tsx';
import { SentenceBox } from './sentence-box.tsx';
import { ShippedLine } from './shipped-line.tsx';
import { TranslationLines } from './translation-lines.tsx';

const ClassBars = lazy(() => import('../classes/class-bars.tsx'));
const PictureBox = lazy(() => import('../picture/picture-box.tsx'));

export function Stage() {
  const family = useSettings(({ config }) => familyOf(config.task));
  return (
    <>
      <ShippedLine />
      <Part name="schematic">
        <Schematic />
      </Part>
      <Part name="sentence">
        {family === 'reader' ? (
          <Suspense fallback={<div className="picture-coming" />}>
            <PictureBox />
          </Suspense>
        ) : (
          <SentenceBox />
        )}
      </Part>
      <TranslationLines />
      <Heatmap />
      {family === 'classifier' && (
        <Suspense fallback={null}>
          <ClassBars />
        </Suspense>
      )}
      <Part name="time">
        <TimeTravel />
      </Part>
    </>
  );
}
