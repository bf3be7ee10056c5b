/** Chinese: the map of the word vectors. */

import type { WordsStrings } from './en-words.ts';

export const zhWords: WordsStrings = {
  side: '哪一侧的词',
  sides: { source: '输入', target: '输出' },
  search: '查找一个词',
  noSuchWord: (text) => `模型里没有“${text}”这个词。`,
  map: (side, count) =>
    `${side}一侧 ${count} 个词向量的分布图。靠在一起的词在模型看来相近；在输入框里键入一个词，列出与它相近的词。`,
  hint: '嵌入表在它两个主方向上的投影（PCA），不含特殊符号。靠近的词在模型看来相似。',
  axis: (index, share) => `第 ${index} 主成分：占方差的 ${share}`,
  neighbours: (word) => `按全部维度，与“${word}”最近的词`,
  noWord: '选择一个词，列出与它最近的词。',
  word: '词',
  cosine: '余弦',
  loading: '正在读取词向量',
};
