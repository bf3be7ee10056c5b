/** Every setting of the schema, grouped as the schematic is; the chosen stage's group is open. */

import { useEffect, useRef } from 'react';
import { appliesTo, defaultConfig, FIELD_NAMES, FIELDS, type FieldGroup, type FieldSpec } from '../../model/config.ts';
import { changesBetween, fieldLock } from '../../store/settings-store.ts';
import { useActions, useSession, useSettings, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { prefersStillness } from '../theme.ts';
import { BooleanSetting, ChoiceSetting } from './choice-setting.tsx';
import { NumberSetting } from './number-setting.tsx';

/** The task has its own panel. */
const GROUPS: readonly FieldGroup[] = ['encoder', 'attention', 'decoder', 'training'];

export function SettingsPanel() {
  const { settings } = useStrings();
  const { backToDefaults } = useActions();
  const isDefault = useSettings(({ config }) => changesBetween(defaultConfig(config.task), config).length === 0);
  return (
    <section className="settings" aria-labelledby="settings-title">
      <h2 id="settings-title">{settings.title}</h2>
      <p className="hint">{settings.reopens}</p>
      {GROUPS.map((group) => (
        <SettingsGroup key={group} group={group} />
      ))}
      {isDefault ? (
        <p className="hint">{settings.allDefault}</p>
      ) : (
        <button type="button" className="text-button" onClick={backToDefaults}>
          {settings.backToDefaults}
        </button>
      )}
    </section>
  );
}

/** Scrolls the settings that the schematic chose into their column; where columns are stacked, the stage stays in sight. */
function showSoon(element: HTMLElement | null): void {
  if (!matchMedia('(min-width: 900px)').matches) return;
  requestAnimationFrame(() => {
    const column = element?.closest('.column');
    if (!element || !column) return;
    const top = element.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top, behavior: prefersStillness() ? 'auto' : 'smooth' });
  });
}

function SettingsGroup({ group }: { readonly group: FieldGroup }) {
  const { settings } = useStrings();
  const { view } = useSession();
  const isOpen = useView((state) => state.group === group);
  const task = useSettings(({ config }) => config.task);
  const changed = useSettings(
    ({ config }) =>
      changesBetween(defaultConfig(config.task), config).filter(
        ({ field }) => FIELDS[field].group === group && !fieldLock(config, field),
      ).length,
  );
  const bodyId = `settings-${group}`;
  const element = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      view.subscribe((state, before) => {
        if (state.box !== before.box && state.group === group) showSoon(element.current);
      }),
    [view, group],
  );
  return (
    <div className="settings-group" ref={element}>
      <h3>
        <button
          type="button"
          className="group-button"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => view.setState({ group: isOpen ? 'task' : group })}
        >
          <Icon name="chevron" />
          <span>{settings.groups[group]}</span>
          {changed > 0 && (
            <span className="changed-count">
              {changed} <span className="visually-hidden">{settings.changed}</span>
            </span>
          )}
        </button>
      </h3>
      <div id={bodyId} className="group-body" hidden={!isOpen}>
        {isOpen &&
          FIELD_NAMES.filter((name) => FIELDS[name].group === group && appliesTo(name, task)).map((name) => {
            const spec: FieldSpec = FIELDS[name];
            if (spec.kind === 'choice') return <ChoiceSetting key={name} name={name} options={spec.options} />;
            if (spec.kind === 'boolean') return <BooleanSetting key={name} name={name} />;
            return <NumberSetting key={name} name={name} spec={spec} />;
          })}
      </div>
    </div>
  );
}
