/** Below everything: one panel at a time that looks inside what is on the stage. Closed, it is a strip of names. */

import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useEffect, useRef } from 'react';
import { familyOf } from '../../model/config.ts';
import { isPanelHidden } from '../../store/hidden.ts';
import { type PanelName, panelsFor } from '../../store/view-store.ts';
import { useSession, useSettings, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { useDrawerHeight } from './use-drawer-height.tsx';

/** Panels that are built; each is loaded when it is first opened, so that the first view stays light. */
const COMPONENTS: Partial<Record<PanelName, LazyExoticComponent<ComponentType>>> = {
  data: lazy(() => import('../own-data/data-panel.tsx')),
  machine: lazy(() => import('../machine/machine.tsx')),
  cell: lazy(() => import('../cell/cell-panel.tsx')),
  lstm: lazy(() => import('../lstm/lstm-panel.tsx')),
  explains: lazy(() => import('../explains/explains.tsx')),
  'what-if': lazy(() => import('../what-if/what-if.tsx')),
  'next-words': lazy(() => import('../next-words/next-words.tsx')),
  words: lazy(() => import('../words/words-panel.tsx')),
  compare: lazy(() => import('../compare/compare.tsx')),
};

export const DRAWER_ID = 'drawer';

export function Drawer() {
  const { drawer, app } = useStrings();
  const { view } = useSession();
  const hidden = useView((state) => state.hidden);
  const family = useSettings(({ config }) => familyOf(config.task));
  const names = panelsFor(family).filter((name) => COMPONENTS[name] && !isPanelHidden(hidden, name));
  // One that the model has nothing for stays chosen, and is there again with a model that has.
  const panel = useView((state) => (state.panel && names.includes(state.panel) ? state.panel : null));
  const Panel = panel && COMPONENTS[panel];
  const body = useRef<HTMLDivElement>(null);
  const { height, handle } = useDrawerHeight();
  useEffect(() => {
    if (panel) body.current?.scrollTo(0, 0);
  }, [panel]);
  const isOpen = panel !== null;
  useEffect(() => {
    if (isOpen) showHeatmap();
  }, [isOpen]);
  if (names.length === 0) return null;
  return (
    <section
      id={DRAWER_ID}
      className={`drawer ${Panel ? 'open' : ''}`}
      aria-label={drawer.label}
      style={Panel ? { blockSize: height } : undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !panel || event.defaultPrevented) return;
        event.stopPropagation();
        document.getElementById(tabId(panel))?.focus();
        view.setState({ panel: null });
      }}
    >
      {Panel && handle}
      <div className="drawer-bar">
        <div className="drawer-tabs">
          {names.map((name) => (
            <button
              key={name}
              id={tabId(name)}
              type="button"
              className="drawer-tab"
              aria-expanded={name === panel}
              aria-controls={`${DRAWER_ID}-panel`}
              onClick={() => view.setState({ panel: name === panel ? null : name })}
            >
              {drawer.panels[name]}
            </button>
          ))}
        </div>
        {Panel && panel && (
          <button
            type="button"
            className="icon-button"
            aria-label={drawer.close}
            title={app.close}
            onClick={() => {
              document.getElementById(tabId(panel))?.focus();
              view.setState({ panel: null });
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      <div ref={body} id={`${DRAWER_ID}-panel`} className="drawer-panel">
        {Panel && panel && (
          <Suspense fallback={<p className="drawer-note">{drawer.loading}</p>}>
            <Panel />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/** The drawer takes the lower part of the window: the picture it is about moves up, where there is room beside the other columns. */
function showHeatmap(): void {
  if (!matchMedia('(min-width: 900px)').matches) return;
  document.querySelector('.stage-column .heatmap')?.scrollIntoView({ block: 'start', behavior: 'instant' });
}

const tabId = (name: PanelName): string => `${DRAWER_ID}-${name}`;
