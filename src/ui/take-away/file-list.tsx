/** What can be taken away: the picture on the stage, the curves, the model; a line and a size for each. */

import '../styles/take-away.css';
import { useEffect, useState } from 'react';
import { MODEL_FILES } from '../../training/questions.ts';
import { useFormat, useFrames, useRun, useSession, useStrings } from '../context.ts';
import { downloadFile } from '../parts/download.ts';
import { SteadyButton } from '../parts/steady-button.tsx';
import { lazyTable } from '../strings/lazy-table.ts';
import { useTheme } from '../theme.ts';
import {
  makeFile,
  metersFile,
  modelSizes,
  PICTURE_FILES,
  type PictureOptions,
  pictureFile,
  type TakeAwayKind,
} from './files.ts';

const useTakeAwayStrings = lazyTable({
  en: () => import('../strings/en-take-away.ts').then(({ enTakeAway }) => enTakeAway),
  zh: () => import('../strings/zh-take-away.ts').then(({ zhTakeAway }) => zhTakeAway),
});

/** Sizes in bytes of what can be made. */
type Sizes = Partial<Record<TakeAwayKind, number>>;

export default function FileList() {
  const strings = useTakeAwayStrings();
  const session = useSession();
  const options = usePictureOptions();
  const isReady = useRun((state) => state.phase === 'ready');
  const hasAttention = useRun((state) => state.run?.config.score !== 'none');
  const hasPicture = useFrames(({ shown }) => (shown?.translation.weights.length ?? 0) > 0);
  const hasCurves = useRun(() => session.run.history.lastStep > 0);
  const sizes = useSizes(options, [isReady, hasPicture, hasCurves].join());
  const [outcome, setOutcome] = useState('');
  const { runs } = useStrings();

  const save = async (kind: TakeAwayKind): Promise<void> => {
    setOutcome('');
    try {
      const file = await makeFile(session, kind, options);
      if (!file) throw new Error('there is nothing to make it of');
      downloadFile(file.fileName, file.content);
      setOutcome(strings.saved(file.fileName, runs.size(file.content.size)));
    } catch (error) {
      setOutcome(strings.failed(strings.files[kind].format, error instanceof Error ? error.message : String(error)));
    }
  };

  const row = (kind: TakeAwayKind, problem: string | null) => (
    <FileRow
      key={kind}
      {...strings.files[kind]}
      name={strings.save}
      size={sizes[kind] === undefined ? '' : runs.size(sizes[kind])}
      problem={problem}
      onSave={() => void save(kind)}
    />
  );
  const noPicture = !hasAttention ? strings.noAttention : hasPicture ? null : strings.noPicture;
  return (
    <section className="take-away" aria-labelledby="take-away-title">
      <h2 id="take-away-title">{strings.title}</h2>
      <h3>{strings.groups.picture}</h3>
      <ul>{PICTURE_FILES.map((kind) => row(kind, noPicture))}</ul>
      <h3>{strings.groups.meters}</h3>
      <ul>{row('meters', hasCurves ? null : strings.noCurves)}</ul>
      <h3>{strings.groups.model}</h3>
      <ul>{MODEL_FILES.map((kind) => row(kind, isReady ? null : strings.noModel))}</ul>
      <p className="take-away-outcome" role="status">
        {outcome}
      </p>
      <p className="hint">{strings.note}</p>
    </section>
  );
}

interface FileRowProps {
  readonly format: string;
  readonly what: string;
  readonly name: (format: string, what: string, size: string) => string;
  /** Formatted; empty while it is not known. */
  readonly size: string;
  /** Why it can't be had; null where it can. */
  readonly problem: string | null;
  readonly onSave: () => void;
}

function FileRow({ format, what, name, size, problem, onSave }: FileRowProps) {
  return (
    <li>
      <SteadyButton
        className="take-away-file"
        isIdle={problem !== null}
        aria-label={name(format, problem ?? what, problem === null ? size : '')}
        onClick={onSave}
      >
        <span className="take-away-format">{format}</span>
        <span className="take-away-what">{problem ?? what}</span>
        <span className="take-away-size">{problem === null && size}</span>
      </SteadyButton>
    </li>
  );
}

/** As the page shows it: its theme, and numbers in the cells where they are printed. */
function usePictureOptions(): PictureOptions {
  const strings = useTakeAwayStrings();
  const { tasks } = useStrings();
  const format = useFormat();
  const theme = useTheme();
  const { view, run } = useSession();
  const task = run.getState().run?.config.task ?? 'phrases';
  return {
    theme,
    showValues: view.getState().showValues,
    gold: strings.gold,
    subtitle: ({ step }, isEdited) => strings.subtitle(tasks.texts[task].name, format.integer(step), isEdited),
  };
}

/** Makes everything once, and again where there is more or less of it: sizes stand still while they are read. */
function useSizes(options: PictureOptions, present: string): Sizes {
  const session = useSession();
  const [sizes, setSizes] = useState<Sizes>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme that changes meanwhile makes files of the same size
  useEffect(() => {
    let isWanted = true;
    const add = (more: Sizes) => isWanted && setSizes((known) => ({ ...known, ...more }));
    const meters = metersFile(session);
    if (meters) add({ meters: meters.content.size });
    for (const kind of PICTURE_FILES)
      pictureFile(session, kind, options)
        .then((file) => file && add({ [kind]: file.content.size }))
        .catch(() => {});
    void modelSizes(session).then(add);
    return () => {
      isWanted = false;
    };
  }, [session, present]);
  return sizes;
}
