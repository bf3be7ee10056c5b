/** The page: controls on top; task and model, stage, and meters beside each other. */

import { useDeferredValue } from 'react';
import type { HidablePart } from '../store/hidden.ts';
import { useLessons, useStrings, useView } from './context.ts';
import { Drawer } from './drawer/drawer.tsx';
import { Header } from './header/header.tsx';
import { useShortcuts } from './header/use-shortcuts.ts';
import { LessonSlot } from './lessons/lesson-slot.tsx';
import { LessonsHint } from './lessons/lessons-hint.tsx';
import { Part } from './lessons/part.tsx';
import { Meters } from './meters/meters.tsx';
import { useDrop } from './own-data/use-drop.ts';
import { SettingsPanel } from './settings/settings-panel.tsx';
import { Stage } from './stage/stage.tsx';
import { Announcer } from './status/announcer.tsx';
import { Failure } from './status/failure.tsx';
import { Notices } from './status/notices.tsx';
import { RunFacts } from './task/run-facts.tsx';
import { TaskPanel } from './task/task-panel.tsx';

export function App() {
  const { app } = useStrings();
  useShortcuts();
  useDrop();
  const lesson = useLessons((state) => state.lesson);
  const hidden = useView((state) => state.hidden);
  const isAnyShown = (...parts: readonly HidablePart[]): boolean => parts.some((part) => !hidden.includes(part));
  const hasModel = isAnyShown('pairs', 'settings', 'facts');
  const hasMeters = isAnyShown('meters', 'probes');
  // The stage first: all of the page in one piece would keep the thread for a tenth of a second.
  const hasStage = useDeferredValue(true, false);
  return (
    <>
      <a className="skip-link" href="#stage">
        {app.skipToStage}
      </a>
      <Header />
      <LessonsHint />
      <Notices />
      <main
        className={`columns ${lesson ? 'with-lesson' : ''} ${hasModel ? '' : 'no-model'} ${hasMeters ? '' : 'no-meters'}`}
      >
        <LessonSlot />
        <section className="column stage-column" id="stage" tabIndex={-1} aria-label={app.stage}>
          <Failure />
          <Stage />
        </section>
        {hasMeters && (
          <section className="column meters-column" aria-label={app.meters}>
            {hasStage && <Meters />}
          </section>
        )}
        {hasModel && (
          <section className="column model-column" aria-label={app.model}>
            {hasStage && (
              <>
                <Part name="pairs">
                  <TaskPanel />
                </Part>
                <Part name="settings">
                  <SettingsPanel />
                </Part>
                <Part name="facts">
                  <RunFacts />
                </Part>
              </>
            )}
          </section>
        )}
      </main>
      <Drawer />
      <Announcer />
    </>
  );
}
