/** Chinese: the common mistake, attention that comes too late. */

import type { TooLateStrings } from './en-too-late.ts';

export const zhTooLate: TooLateStrings = {
  title: '这个注意力来得太迟',
  why: '它在所有词都写完之后才计算，它的上下文没有任何地方用到：这是一个常见的错误。热力图照样画得出来，但梯度到不了它的参数，所以它什么也学不到；写出的词和没有注意力的模型一模一样。',
  changes: { shuffle: '打乱所有行', 'first-word': '只看第一个词' },
  back: '模型自己的权重',
  invitation: '试试看：改动权重，或者拖动一个格子，看看输出有没有反应。',
  same: (numbers, step) =>
    `用你的权重和用模型自己的权重，输出完全一样，一个比特也不差（第 ${step} 步，共比较 ${numbers} 个数）。`,
  differs: (numbers, step) => `第 ${step} 步的 ${numbers} 个输出数值中有些不同。`,
  past: '这是过去的一刻，当时的权重已经没有了。回到当前就可以试。',
};
