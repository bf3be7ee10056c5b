/** Chinese, pictures. */

import type { PictureStrings } from './en-picture.ts';

export const zhPicture: PictureStrings = {
  name: '图片',
  of: (text) => `${text} 的图片`,
  cell: (row, column) => `第 ${row} 行第 ${column} 列`,
  pad: (strokes) => `你的画，${strokes === 0 ? '还是空的' : `${strokes} 笔`}`,
  padHint: '在这里写三到六个数字',
  clear: '清除',
  undo: '撤销一笔',
  digits: '要手写的数字',
  digitsExample: '或输入：4821',
  digitsHint: '最多六位。会用手写体写出来（每次都略有不同），然后识读。',
  write: '写出',
  walk: '图上的注意力。方向键在单元格间移动，翻页键在符号间移动，回车打开单元格。',
  allSteps: '全部符号：每个单元格上的最大权重。停在一个符号上，看它是在哪里读到的。',
  step: (step, symbol) => `第 ${step} 个符号“${symbol}”：在这里读到`,
  steps: '每个符号在哪里读到',
  stepButton: (step, symbol, probability) => `第 ${step} 个符号：${symbol}，概率 ${probability}`,
  grid: '网格',
  rest: '停在图上或某个符号上；点击可打开单元格。',
  noReference: '这里写的是什么，只有你知道。',
};
