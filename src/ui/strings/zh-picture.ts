/** Chinese, pictures. */

import type { PictureStrings } from './en-picture.ts';
import { convolutionFormula, scoreFormula } from './formulas.ts';

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
  paintHint: '在单元格上拖动：在那里读到的符号就只看这些格子；若固定了某个符号，改的就是它。',
  noReference: '这里写的是什么，只有你知道。',
  stages: {
    source: {
      label: '图片',
      formula: () => '',
      forward: '输入一张灰度图：64×16 像素，每 4×4 像素为一个单元格。',
      backward: '像素不参与训练；反向到第一层卷积为止。',
    },
    embed: {
      label: '像素',
      formula: () => 'x = [g ∕ 3, u, v]',
      forward: '每个像素变成三个数：灰度，以及它在图中的位置。',
      backward: '这里没有要学的东西。',
    },
    encode: {
      label: '编码器',
      formula: convolutionFormula,
      forward: '3×3 卷积，其中两层把图片缩小一半，最后每个单元格留下一个状态。',
      backward: '每个单元格的梯度分散到构成它的像素上。',
    },
    score: {
      label: '打分',
      formula: scoreFormula,
      forward: '每个单元格得到一个数：它此刻有多合适。',
      backward: '每个分数应当如何改变。',
    },
    target: {
      label: '符号',
      formula: () => 'p(yₜ) = softmax(readout)',
      forward: '写出概率最大的符号，并送回解码器。',
      backward: '对正确符号的意外程度：梯度从这里开始。',
    },
  },
  terms: {
    alignmentError: {
      label: '对齐错误',
      sentence: '权重最大的单元格落在符号之外的比例：每个符号都在它所在之处读到时为 0 %。',
    },
    exactMatch: { label: '完全匹配', sentence: '留出的图片里，每个符号都读对的比例。' },
    goldAlignment: { label: '标准对齐', sentence: '带边框的单元格：画这张图的程序知道这个符号覆盖了它们。' },
  },
  lock: '图片没有阅读方向。',
  cover: {
    title: '盖住单元格',
    hint: '点击单元格把它盖住，再点一次揭开。',
    walk: '图片的单元格。方向键移动，回车盖住或揭开。',
    covered: (cell) => `${cell}，已盖住`,
    open: (cell) => cell,
    uncover: '全部揭开',
  },
};
