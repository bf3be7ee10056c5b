/** The page: controls on top; task and model, stage, and meters beside each other. */

import { useStrings } from './context.ts';
import { Drawer } from './drawer/drawer.tsx';
import { Header } from './header/header.tsx';
import { useShortcuts } from './header/use-shortcuts.ts';
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
  return (
    <>
      <a className="skip-link" href="#stage">
        {app.skipToStage}
      </a>
      <Header />
      <Notices />
      <main className="columns">
        <section className="column stage-column" id="stage" tabIndex={-1} aria-label={app.stage}>
          <Failure />
          <Stage />
        </section>
        <section className="column meters-column" aria-label={app.meters}>
          <Meters />
        </section>
        <section className="column model-column" aria-label={app.model}>
          <TaskPanel />
          <SettingsPanel />
          <RunFacts />
        </section>
      </main>
      <Drawer />
      <Announcer />
    </>
  );
}
