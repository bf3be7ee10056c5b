/** Chinese, the ribbons between the sentences. */

import type { RibbonStrings } from './en-ribbons.ts';

export const zhRibbons: RibbonStrings = {
  picture: '图形',
  pictures: { matrix: '矩阵', ribbons: '丝带' },
  label: (source, target) => `从“${source}”到“${target}”的丝带。方向键逐词移动，也可沿丝带到另一个句子。`,
  threshold: (weight) => `低于 ${weight} 的不画`,
};
