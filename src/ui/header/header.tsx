/** The bar on top: what is trained, the controls, the live figures, and the page's own switches. */

import { useStrings } from '../context.ts';
import { Runs } from '../kept-runs/runs.tsx';
import { HiddenParts } from '../lessons/hidden-parts.tsx';
import { LessonsButton } from '../lessons/lessons-button.tsx';
import { Part } from '../lessons/part.tsx';
import { TakeAway } from '../take-away/take-away.tsx';
import { CopyLink } from './copy-link.tsx';
import { Display } from './display.tsx';
import { Figures } from './figures.tsx';
import { Help } from './help.tsx';
import { PaceControl } from './pace-control.tsx';
import { TaskChoice } from './task-choice.tsx';
import { Transport } from './transport.tsx';

export function Header() {
  const { app } = useStrings();
  return (
    <header className="bar">
      <h1 className="brand">{app.name}</h1>
      <Part name="task">
        <TaskChoice />
      </Part>
      <Part name="train">
        <Transport />
      </Part>
      <Part name="speed">
        <PaceControl />
      </Part>
      <Figures className="bar-figures" />
      <div className="tools">
        <Part name="lessons">
          <LessonsButton />
        </Part>
        <Part name="runs">
          <Runs />
          <TakeAway />
        </Part>
        <Part name="share">
          <CopyLink />
        </Part>
        <Display />
        <Help />
        <HiddenParts />
      </div>
    </header>
  );
}
