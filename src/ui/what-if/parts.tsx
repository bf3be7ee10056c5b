/** Switches for parts of the model, and the temperature of its attention. */

import { familyOf } from '../../model/config.ts';
import { MAX_TEMPERATURE, MIN_TEMPERATURE, withPart } from '../../store/edits.ts';
import { edit, endGesture, startGesture } from '../../store/edits-store.ts';
import { MODEL_PARTS, type ModelPart } from '../../training/questions.ts';
import { useEdits, useFormat, useRun, useSession, useStrings } from '../context.ts';
import { SteadyButton } from '../parts/steady-button.tsx';

/** Stops of the slider on either side of 1. */
const STOPS = 40;
const toTemperature = (stop: number): number => Number((MAX_TEMPERATURE ** (stop / STOPS)).toPrecision(2));
const toStop = (temperature: number): number => Math.round((STOPS * Math.log(temperature)) / Math.log(MAX_TEMPERATURE));

export function Parts() {
  const { parts } = useStrings().whatIf;
  const config = useRun((state) => state.run?.config);
  if (!config) return null;
  const isReader = familyOf(config.task) === 'reader';
  const isThere: Readonly<Record<ModelPart, boolean>> = {
    attention: config.score !== 'none',
    forward: !isReader,
    backward: config.bidirectional,
    inputFeeding: familyOf(config.task) !== 'classifier',
    // Pictures are all of one size, and have no padding.
    paddingMask: config.score !== 'none' && !isReader,
  };
  return (
    <section className="what-if-parts" aria-labelledby="what-if-parts">
      <h3 id="what-if-parts">{parts.title}</h3>
      {MODEL_PARTS.filter((part) => isThere[part]).map((part) => (
        <Part key={part} part={part} />
      ))}
      {isThere.paddingMask && <Leak />}
      {isThere.attention && config.score !== 'uniform' && <Temperature />}
    </section>
  );
}

/** How much of the attention words lose to padding once that is not masked. */
function Leak() {
  const { parts } = useStrings().whatIf;
  const format = useFormat();
  const isUnmasked = useEdits((state) => state.edits.off.includes('paddingMask'));
  const edited = useEdits((state) => state.result?.edited.translation ?? null);
  const words = edited?.target.length ?? 0;
  if (!isUnmasked || !edited || words === 0) return null;
  const onWords = edited.weights.reduce((sum, weight) => sum + weight, 0) / words;
  return <p className="hint">{parts.leak(format.percent(Math.max(0, 1 - onWords)))}</p>;
}

function Part({ part }: { readonly part: ModelPart }) {
  const { parts } = useStrings().whatIf;
  const { edits } = useSession();
  const isOff = useEdits((state) => state.edits.off.includes(part));
  return (
    <label className="what-if-part" title={parts.hints[part]}>
      <input
        type="checkbox"
        checked={!isOff}
        onChange={(event) => {
          const { checked } = event.target;
          edit(edits, (now) => withPart(now, part, !checked));
        }}
      />
      {parts.names[part]}
    </label>
  );
}

function Temperature() {
  const { parts } = useStrings().whatIf;
  const format = useFormat();
  const { edits } = useSession();
  const temperature = useEdits((state) => state.edits.temperature);
  return (
    <div className="what-if-temperature" title={parts.temperatureHint}>
      <span className="what-if-temperature-name">
        {parts.temperature} <span className="formula">τ</span>
      </span>
      <input
        type="range"
        min={toStop(MIN_TEMPERATURE)}
        max={toStop(MAX_TEMPERATURE)}
        step={1}
        value={toStop(temperature)}
        aria-label={parts.temperature}
        aria-valuetext={format.setting(temperature)}
        onChange={(event) => {
          const { value } = event.target;
          startGesture(edits);
          edit(edits, (now) => ({ ...now, temperature: toTemperature(Number(value)) }));
        }}
        onPointerUp={() => endGesture(edits)}
        onKeyUp={() => endGesture(edits)}
        onBlur={() => endGesture(edits)}
      />
      <output>{format.setting(temperature)}</output>
      <SteadyButton
        className="text-button"
        isIdle={temperature === 1}
        onClick={() => edit(edits, (now) => ({ ...now, temperature: 1 }))}
      >
        {parts.temperatureOne}
      </SteadyButton>
    </div>
  );
}
