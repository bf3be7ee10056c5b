/** Words of the time line under the heatmap. */

export interface TimeStrings {
  readonly title: string;
  /** What the slider chooses. */
  readonly label: string;
  readonly position: (step: string, newest: string) => string;
  readonly live: string;
  readonly past: string;
  readonly pastWhileTraining: string;
  /** The same as one phrase, as the slider says it. */
  readonly spoken: (step: string, newest: string, state: string) => string;
  readonly back: string;
  readonly forth: string;
  readonly play: string;
  readonly pause: string;
  readonly speed: string;
  readonly speedOption: (factor: string) => string;
  readonly toLive: string;
  readonly toLiveHint: string;
  readonly controls: string;
  readonly meters: (loss: string, exact: string | null) => string;
  readonly about: (moments: string, stride: string, used: string, budget: string) => string;
  readonly momentCount: (count: number, text: string) => string;
  readonly stepCount: (count: number, text: string) => string;
  readonly keep: string;
  readonly keepHint: string;
  readonly keptList: string;
  readonly keptName: (step: string) => string;
  readonly nameLabel: string;
  readonly letGo: (name: string) => string;
  readonly goTo: (name: string) => string;
  readonly keptFull: string;
  readonly compare: string;
  readonly compareNothing: string;
  readonly compareBefore: string;
  readonly comparing: (from: string, to: string) => string;
  readonly sameWords: string;
  readonly changedWords: (count: number) => string;
  readonly noBase: string;
  readonly legend: string;
  readonly changed: string;
  readonly was: (word: string) => string;
  readonly isNew: string;
  readonly change: (value: string) => string;
  readonly pinnedLate: (step: string) => string;
  readonly otherMode: Readonly<Record<'free-running' | 'teacher-forced', string>>;
  readonly noMoments: string;
}

export const enTime: TimeStrings = {
  title: 'Time',
  label: 'Moment of the run',
  position: (step, newest) => `step ${step} of ${newest}`,
  live: 'live',
  past: 'the past',
  pastWhileTraining: 'the past; training goes on',
  spoken: (step, newest, state) => `step ${step} of ${newest}, ${state}`,
  back: 'One moment back',
  forth: 'One moment forth',
  play: 'Play the run',
  pause: 'Stop playing',
  speed: 'Play speed',
  speedOption: (factor) => `${factor}×`,
  toLive: 'Live',
  toLiveHint: 'Back to the model as it is now',
  controls: 'Time travel',
  meters: (loss, exact) => `loss ${loss}${exact === null ? '' : ` · ${exact} exact`}`,
  about: (moments, stride, used, budget) =>
    `The page keeps ${moments} of this run, at most one ${stride}: ${used} of at most ${budget}. ` +
    'When that is full, every second moment goes. The slider puts one of them on the stage.',
  momentCount: (count, text) => (count === 1 ? '1 moment' : `${text} moments`),
  stepCount: (count, text) => (count === 1 ? 'a step' : `every ${text} steps`),
  keep: 'Keep',
  keepHint: 'Keep this moment: mark it on the line and give it a name',
  keptList: 'Kept moments',
  keptName: (step) => `step ${step}`,
  nameLabel: 'Name of this moment',
  letGo: (name) => `Let go of ${name}`,
  goTo: (name) => `Go to ${name}`,
  keptFull: 'No more moments can be kept; let one go first.',
  compare: 'Compare with',
  compareNothing: 'nothing',
  compareBefore: 'the moment before',
  comparing: (from, to) => `Change from step ${from} to ${to}`,
  sameWords: 'same words',
  changedWords: (count) => (count === 1 ? '1 word changed' : `${count} words changed`),
  noBase: 'This sentence has no moment to compare with.',
  legend: 'Δα',
  changed: 'changed word',
  was: (word) => `was ‘${word}’`,
  isNew: 'was not there',
  change: (value) => `change ${value}`,
  pinnedLate: (step) => `This sentence was pinned at step ${step}; its moments begin there.`,
  otherMode: { 'free-running': 'It ran free then.', 'teacher-forced': 'It was teacher-forced then.' },
  noMoments: 'Moments appear here as soon as it trains.',
};
