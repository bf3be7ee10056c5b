/** Makes a link that opens a lesson and leaves parts of the page out, with a picture of what is left. */

import { useRef, useState } from 'react';
import { HIDABLE_PARTS, type HidablePart } from '../../store/hidden.ts';
import { LESSON_IDS, type LessonId } from '../../store/lessons/catalogue.ts';
import { encodeLink } from '../../store/link.ts';
import { linkOf } from '../../store/session-link.ts';
import { PANELS, type PanelName } from '../../store/view-store.ts';
import { useSession, useStrings } from '../context.ts';
import { useLessonTexts, useLessonWords } from '../strings/lessons/use-lesson-strings.ts';
import { PagePreview } from './page-preview.tsx';

/** The parts as the page has them. */
const GROUPS = {
  bar: ['task', 'train', 'speed', 'lessons', 'runs', 'share'],
  stage: ['schematic', 'sentence', 'time'],
  sides: ['pairs', 'settings', 'facts', 'meters', 'probes'],
  drawer: ['drawer', ...PANELS],
} as const satisfies Readonly<Record<string, readonly HidablePart[]>>;

export function ClassLink({ onBack }: { readonly onBack: () => void }) {
  const session = useSession();
  const { share } = useLessonWords();
  const texts = useLessonTexts();
  const nameOf = usePartNames();
  const [hidden, setHidden] = useState<readonly HidablePart[]>(() => session.view.getState().hidden);
  const [lesson, setLesson] = useState<LessonId | null>(() => session.lessons.getState().lesson);
  const [result, setResult] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const now = linkOf(session);
  const card = lesson === now.lesson ? now.card : 0;
  const hash = encodeLink({ ...now, hidden, lesson, card });
  const link = `${location.origin}${location.pathname}#${hash}`;
  const toggle = (part: HidablePart): void => {
    setResult('');
    setHidden((parts) => HIDABLE_PARTS.filter((other) => (other === part) !== parts.includes(other)));
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setResult(share.copied);
    } catch {
      field.current?.select();
      setResult(share.notCopied);
    }
  };
  return (
    <div className="class-link">
      <strong className="lesson-panel-title">{share.title}</strong>
      <p className="hint">{share.intro}</p>
      <label className="class-link-lesson">
        <span>{share.lesson}</span>
        <select value={lesson ?? ''} onChange={({ target }) => setLesson((target.value || null) as LessonId | null)}>
          <option value="">{share.noLesson}</option>
          {LESSON_IDS.map((id) => (
            <option key={id} value={id}>
              {texts[id].title}
            </option>
          ))}
        </select>
      </label>
      <div className="class-link-columns">
        <div className="class-link-groups">
          {Object.entries(GROUPS).map(([group, parts]) => (
            <fieldset key={group}>
              <legend>
                {share.hide}: {share.groups[group as keyof typeof GROUPS]}
              </legend>
              {parts.map((part) => (
                <label key={part}>
                  <input
                    type="checkbox"
                    checked={hidden.includes(part)}
                    disabled={part !== 'drawer' && group === 'drawer' && hidden.includes('drawer')}
                    onChange={() => toggle(part)}
                  />
                  <span>{nameOf(part)}</span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <figure className="class-link-preview">
          <PagePreview hidden={hidden} hasLesson={lesson !== null} label={share.preview} />
          <figcaption className="hint">
            {hidden.length > 0 ? share.hiddenParts(hidden.map(nameOf)) : share.nothingHidden}
          </figcaption>
        </figure>
      </div>
      <div className="class-link-result">
        <input ref={field} className="link-field" readOnly value={link} aria-label={share.link} />
        <button type="button" onClick={() => void copy()}>
          {share.copy}
        </button>
        <span role="status" className="hint">
          {result}
        </span>
      </div>
      <button type="button" className="text-button" onClick={onBack}>
        {share.back}
      </button>
    </div>
  );
}

/** What the page itself calls its parts. */
function usePartNames(): (part: HidablePart) => string {
  const strings = useStrings();
  const { share } = useLessonWords();
  const { header, runs, lessons, time, settings, model, meters, drawer } = strings;
  const names: Partial<Record<HidablePart, string>> = {
    speed: header.speed,
    runs: runs.title,
    lessons: lessons.title,
    time: time.controls,
    settings: settings.title,
    facts: model.title,
    probes: meters.probes,
    ...share.parts,
  };
  return (part) => names[part] ?? drawer.panels[part as PanelName];
}
