/** Chinese words of the panel that opens an LSTM step. Numbers come in already printed. */

import type { LstmStrings } from './en-lstm.ts';

const DIRECTIONS = { forward: '正向', backward: '反向' } as const;

export const zhLstm: LstmStrings = {
  layer: '层',
  encoderLayer: (layer, direction) => `编码器第 ${layer} 层${direction === null ? '' : `，${DIRECTIONS[direction]}`}`,
  decoder: '解码器',
  unit: '单元',
  unitOf: (unit, units) => `${unit} / ${units}`,
  position: '词',
  noWords: '模型立即结束：没有目标词可看。',
  directionOff: '编码器的这个方向已关闭：状态算出后换成了零，所以这一步并不是接着前一步来的。',
  misfit: '这些数彼此对不上：询问期间场景已改变。',
  drawing: (unit, word, c, h) => `LSTM 单元 ${unit} 在“${word}”处：细胞状态 ${c}，隐藏状态 ${h}`,
  gates: { i: '输入门', f: '遗忘门', g: '候选值', o: '输出门' },
  quantities: {
    i: '输入门 i',
    f: '遗忘门 f',
    g: '候选值 g',
    o: '输出门 o',
    c: '细胞状态 c',
    h: '隐藏状态 h',
  },
  step: '一个单元的一步',
  parts: '每个门加了些什么',
  partsHint: '该单元的权重分别乘以词、前一状态和上下文；然后取 σ，g 则取 tanh。',
  gate: '门',
  input: '词',
  recurrent: '前一状态',
  context: '上下文',
  bias: '偏置',
  sum: '和',
  value: '值',
  states: '细胞状态与隐藏状态',
  overTime: '这个单元随时间的变化',
  overTimeHint: '门在 0 到 1 之间，其余在 0 附近。',
  series: (quantity, values) => `${quantity}：${values}`,
  allUnits: '所有单元随时间的变化',
  allUnitsHint: '选择一格，打开该单元在该词处的计算。',
  quantity: '显示',
  map: (quantity, units, words, limit) => `${units} 个单元在 ${words} 个词上的${quantity}，从 −${limit} 到 ${limit}`,
  mapCell: (unit, word, value) => `单元 ${unit} 在“${word}”处：${value}`,
  fromTo: (limit) => `−${limit} 到 ${limit}`,
  openLstm: '打开 LSTM 单步',
};
