/** Chinese, how a run is cut into GPU launches. */

import type { StrategyChoice, StrategyDescription, StrategyReason } from '../../training/protocol.ts';
import type { Strings } from './strings.ts';

const options: Strings['strategy']['options'] = {
  auto: '自动',
  persistent: '常驻',
  stepwise: '逐时间步',
  wide: '铺开',
  separate: '逐个算子',
};

const what: Readonly<Record<StrategyChoice['strategy'], string>> = {
  persistent: '一次启动跑完整个序列',
  stepwise: '每个时间步启动一次',
  wide: '循环步和大的矩阵乘积铺开到所有行与列',
  separate: '每个算子单独启动一次',
};

/** A choice among others, with its tile where it has one: rows by invocations. */
const name = ({ strategy, rows, lanes }: StrategyChoice): string =>
  strategy === 'separate' ? `“${options[strategy]}”` : `“${options[strategy]} ${rows} × ${lanes}”`;

const times = (gain: number): string => `${gain.toFixed(gain < 10 ? 2 : 0)} 倍`;

function measured(reason: Extract<StrategyReason, { kind: 'measured' }>): string {
  const { isRuleConfirmed, rival, gain, isRemembered } = reason;
  const when = isRemembered ? '先前运行时实测' : '实测';
  if (!isRuleConfirmed && rival) return `${when}，速度是规则所选${name(rival)}的 ${times(gain)}。`;
  if (!rival) return '按规则；没有别的方案可以测速。';
  const against = `按规则，并已与另外 ${reason.measured - 1} 种方案比较（${when}）：`;
  if (gain < 1) return `${against}其中最快的${name(rival)}快得不够多。`;
  return `${against}速度是其中最快的${name(rival)}的 ${times(gain)}。`;
}

function why({ reason }: StrategyDescription): string {
  switch (reason.kind) {
    case 'asked':
      return '由你选定。';
    case 'no-choice':
      return '它的张量太大，一次绑定放不下。';
    case 'rule':
      return reason.isSoftware
        ? '按规则：这个适配器在 CPU 上计算，启动少、分块大最省时。'
        : `按规则，针对 ${reason.hidden} 个单元的状态和 ${reason.batch} 行；尚未测到更快的。`;
    case 'measured':
      return measured(reason);
  }
}

export const zhStrategy: Strings['strategy'] = {
  label: '启动方式',
  onCpu: '用于 WebGPU；CPU 上逐个算子运行。',
  options,
  running: ({ strategy, rows, lanes }) =>
    `${options[strategy]}：${what[strategy]}` +
    `${strategy === 'separate' ? '' : `，每个工作组 ${rows} 行 × ${lanes} 次调用`}`,
  why: (strategy) => `原因：${why(strategy)}`,
  excluded: (choice) =>
    `未采用：${name(choice)}在这个适配器上${choice.problem === 'differs' ? '结果不同' : '无法运行'}。`,
};
