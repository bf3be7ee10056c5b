/** Devices that have passed the self-test, remembered by adapter, driver, browser and kernels. */

import { Scheduler } from '../../engine/scheduler.ts';
import { settingsFor } from '../../engine/strategy.ts';
import type { TextStore } from '../../engine/tuning-memory.ts';
import type { DeviceHandle } from '../../gpu/device.ts';
import { hashText } from '../../lib/hash.ts';
import type { Config } from '../../model/config.ts';
import { ParameterLayout } from '../../model/parameters.ts';
import { trainingProgram } from '../../model/translator.ts';
import type { StrategyPreference } from '../protocol.ts';
import { runSelfTest, selfTestFor } from './self-test.ts';

const PASSED = 'passed';

/** The shortest program of the configuration's sizes: what the rule for strategies looks at. */
function outline(config: Config) {
  const { embedding, hidden, layers, bidirectional, decoderHidden, attention, readout, score, placement } = config;
  const sizes = { embedding, hidden, layers, bidirectional, decoderHidden, attention, readout };
  const layout = new ParameterLayout({
    kind: 'translator',
    sourceVocabulary: 4,
    outputs: 4,
    ...sizes,
    score,
    placement,
  });
  const size = { batch: config.batch, sourceLength: 1, targetLength: 1 };
  const optimizer = { kind: 'sgd', beta1: 0, beta2: 0, epsilon: 0, weightDecay: 0, momentum: 0, maxNorm: 1 } as const;
  return trainingProgram(layout, size, { hasDropout: false, isSampled: false, optimizer });
}

export class Trust {
  readonly #passed = new Set<string>();

  constructor(private readonly store: TextStore | null) {}

  /** Tests a device with the kernels of a run, unless it has passed with them. @throws SelfTestError, or as `Scheduler.prepare` */
  async earn(handle: DeviceHandle, strategy: StrategyPreference, config: Config): Promise<void> {
    const rule = settingsFor(handle, outline(config));
    const settings = strategy === 'auto' ? rule : { ...rule, strategy };
    const test = selfTestFor(config, settings.tile.rows);
    const scheduler = new Scheduler(handle, settings);
    try {
      const kernels = scheduler.kernels(test.program, settings);
      const { adapter, driver } = handle;
      const key = `self-test ${hashText([adapter, driver, navigator.userAgent, ...kernels].join('\n'))}`;
      if (this.#passed.has(key) || (await this.#recall(key))) return;
      await runSelfTest(scheduler, test);
      this.#passed.add(key);
      this.store?.set(key, PASSED).catch(() => {});
    } finally {
      scheduler.dispose();
    }
  }

  /** A store that fails has forgotten: the test is made again. */
  async #recall(key: string): Promise<boolean> {
    try {
      return (await this.store?.get(key)) === PASSED;
    } catch {
      return false;
    }
  }
}
