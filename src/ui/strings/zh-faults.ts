/** Chinese: what is said when something that computes fails, and when a training breaks down. */

import type { Divergence, FaultCause, Recovery } from '../../training/protocol.ts';
import type { FaultStrings } from './en-faults.ts';

const WHAT: Readonly<Record<FaultCause, string>> = {
  lost: 'GPU 断开了，休眠或驱动更新之后会这样',
  stuck: 'GPU 十秒没有响应',
  error: 'GPU 报告了一个错误',
  memory: 'GPU 的内存用完了',
  'self-test': 'GPU 把一个小小的测试步算错了',
  worker: '训练线程停止了',
};

const WHY: Readonly<Record<FaultCause, string>> = {
  lost: 'GPU 断开了',
  stuck: 'GPU 十秒没有响应',
  error: 'GPU 报告了一个错误',
  memory: 'GPU 的内存用完了',
  'self-test': 'GPU 把一个小小的测试步算错了',
  worker: '它的线程停止了',
};

function howItGoesOn({ onto, repeatedSteps }: Recovery, step: string, repeated: string): string {
  const where = onto === 'cpu' ? '改在 CPU 上' : '';
  if (repeatedSteps === 0) return `运行${where}从原处继续`;
  const from = step === '0' ? '从头' : `从第 ${step} 步`;
  return `运行${where}${from}继续，重新训练 ${repeated} 步`;
}

const whereTo = ({ isGpuGone, isReturning }: Recovery): string => {
  if (isReturning) return 'GPU 准备好后，运行会自动回到 GPU 上。';
  return isGpuGone ? '要重新使用 GPU，请重新加载页面。' : '';
};

function whatBroke({ breakdown }: Divergence, loss: string, step: string): string {
  if (breakdown.kind === 'non-finite') return `在第 ${step} 步，损失或其梯度不再是有限的数`;
  if (breakdown.kind === 'absurd') return `在第 ${step} 步，损失为 ${loss}，远比瞎猜还差`;
  return `到第 ${step} 步为止，损失一直远高于先前的水平，为 ${loss}`;
}

export const zhFaults: FaultStrings = {
  recovered: (recovery, step, repeated) =>
    `${WHAT[recovery.cause]}。${howItGoesOn(recovery, step, repeated)}。${whereTo(recovery)}`,
  diverged: (divergence, { step, backTo, loss, rate }) =>
    `${whatBroke(divergence, loss, step)}：训练发散了。现已回到第 ${backTo} 步并暂停。` +
    `学习率 ${rate} 对它来说太高；降低学习率或收紧梯度裁剪通常有用。`,
  goOn: (rate) => `以 ${rate} 继续`,
  stay: '留在这里',
  whyCpu: (cause) => `为什么不用 WebGPU：${WHY[cause]}。`,
};
