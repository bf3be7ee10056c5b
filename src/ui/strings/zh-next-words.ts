/** Chinese: the panel of the next words and of beam search. */

import type { NextWordsStrings } from './en-next-words.ts';

export const zhNextWords: NextWordsStrings = {
  candidates: {
    title: '每一步最可能的词',
    hint: '贪心解码取每列的第一个。熵说明选择有多不确定：0 nat 表示确定无疑。',
    past: '训练时大约每秒保存一次：每一步的前三个词。回到实时可看更多。',
    position: (position) => `第 ${position} 步`,
    entropy: (nats) => `${nats} nat`,
    entropyHint: '整个词表上的分布的熵',
    forced: '强制',
  },
  beam: {
    title: '束搜索',
    hint: '同时跟踪最好的几个译文，按各词（含结束符）的平均对数概率排序。',
    width: '束宽',
    translateWith: '翻译方式',
    with: { greedy: '贪心', beam: '束搜索' },
    withHint: '用于你输入的句子',
    untouched: '搜索会考虑你对输入词的改动，但不考虑对注意力、温度或部件的改动。',
    tree: (width, kept, pruned) =>
      `束宽为 ${width} 的束搜索树：保留 ${kept} 个词，提出后剪掉 ${pruned} 个。随后列出找到的译文。`,
    treeTitle: '搜索树',
    searching: '正在搜索',
    kept: '保留',
    pruned: '剪掉',
    best: '最佳译文',
    start: '开头',
    hypotheses: '找到的译文，最好的在前',
    score: '得分',
    scoreUnit: 'nat/词元',
    translation: '译文',
    show: '显示',
    shown: '已在舞台上',
    showing: (translation) => `放上舞台：“${translation}”`,
    cutOff: '没有结束',
    empty: '没有词',
  },
};
