/** How large the run is and what it runs on. */

import type { ReactNode } from 'react';
import { familyOf } from '../../model/config.ts';
import type { ExecutorDescription, ExecutorPreference } from '../../training/protocol.ts';
import { useActions, useFormat, useRun, useSettings, useStrings } from '../context.ts';
import { Term } from '../parts/term.tsx';
import type { Strings } from '../strings/strings.ts';
import { StrategyControl } from './strategy-control.tsx';

export function RunFacts() {
  const { model } = useStrings();
  const format = useFormat();
  const run = useRun((state) => state.run);
  return (
    <section className="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">{model.title}</h2>
      <dl>
        <Fact label={<Term name="parameters" />}>{run ? format.integer(run.parameterCount) : '–'}</Fact>
        <Fact label={model.memory}>
          {run ? model.memoryValue(model.bytes(run.bufferBytes), format.integer(run.bufferCount)) : '–'}
        </Fact>
        <Fact label={run?.executor.kind === 'cpu' ? model.operations : <Term name="dispatch">{model.dispatches}</Term>}>
          {run && run.dispatchesPerStep > 0 ? format.integer(run.dispatchesPerStep) : '–'}
        </Fact>
        <Fact label={model.pairs}>
          {run
            ? model.pairsValue(format.integer(run.trainPairs), format.integer(run.validationPairs + run.testPairs))
            : '–'}
        </Fact>
        <Fact label={model.vocabulary}>
          {run
            ? familyOf(run.config.task) === 'reader'
              ? format.integer(run.targetVocabularySize)
              : model.vocabularyValue(
                  format.integer(run.sourceVocabularySize),
                  format.integer(run.targetVocabularySize),
                )
            : '–'}
        </Fact>
      </dl>
      <Executor />
      <StrategyControl />
    </section>
  );
}

function Fact({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What computes, why not WebGPU where it does not, and the switch between them. */
function Executor() {
  const { model } = useStrings();
  const { setExecutor } = useActions();
  const executor = useRun((state) => state.run?.executor ?? null);
  const preference = useSettings((state) => state.executor);
  const isMoving = useRun((state) => state.isMoving);
  return (
    <div className="executor">
      <label>
        <span>{model.executor}</span>
        <select value={preference} onChange={(event) => setExecutor(event.target.value as ExecutorPreference)}>
          {(['auto', 'webgpu', 'cpu'] as const).map((option) => (
            <option key={option} value={option}>
              {model.executors[option]}
            </option>
          ))}
        </select>
      </label>
      <p className="executor-name" data-executor={executor?.kind}>
        {executor ? executorName(executor, model) : '–'}
      </p>
      <p role="status" className="hint">
        {isMoving && model.moving}
      </p>
      {executor?.reasons.map((reason) => (
        <p key={reason.kind} className="hint">
          {model.why(reason, adapterName)}
        </p>
      ))}
    </div>
  );
}

/** `google / swiftshader` becomes `SwiftShader`: the name that people know. */
const adapterName = (adapter: string): string => (/swiftshader/i.test(adapter) ? 'SwiftShader' : adapter);

function executorName(executor: ExecutorDescription, model: Strings['model']): string {
  if (executor.kind === 'cpu') return model.cpu(executor.threads);
  const name = adapterName(executor.adapter);
  return executor.isSoftware ? model.software(name) : model.gpu(name);
}
