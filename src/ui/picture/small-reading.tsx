/** A pinned picture beside the stage, with the largest weight that any symbol gave to each cell, of the moment that the stage shows. */

import '../styles/picture.css';
import { useEffect, useRef } from 'react';
import { pinnedShown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import { calmly } from '../calm.ts';
import { useSession } from '../context.ts';
import { prefersStillness, useTheme } from '../theme.ts';
import { paintOn } from './use-picture-painter.ts';

export default function SmallReading({ sentence }: { readonly sentence: string }) {
  const { frames, run } = useSession();
  const theme = useTheme();
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let painted: unknown = null;
    let request = 0;
    const receive = (): void => {
      const next = pinnedShown(frames.getState(), sentence);
      if (!next || next === painted) return;
      painted = next;
      cancelAnimationFrame(request);
      request = requestAnimationFrame(() => element.current && paintOn(element.current, next, null, theme));
    };
    const calm = calmly(receive, () => prefersStillness() && isRunning(run.getState()));
    const stop = frames.subscribe(calm.call);
    calm.call();
    return () => {
      stop();
      calm.stop();
      cancelAnimationFrame(request);
    };
  }, [frames, run, sentence, theme]);
  return <canvas ref={element} className="pixels" width={64} height={16} />;
}
