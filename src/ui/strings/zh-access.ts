/** Chinese: what pictures say when they are walked by keyboard, and how large the page is. Numbers come in printed. */

import type { AccessStrings } from './en-access.ts';

const FATES = { way: '在译文的路径上', kept: '保留', pruned: '剪掉' } as const;

export const zhAccess: AccessStrings = {
  walk: (picture) => `${picture}。用方向键在其中移动。`,
  chart: (label) => `${label}，逐步`,
  chartPoint: (step, value) => `第 ${step} 步：${value}`,
  noPoint: '还没有数值',
  wordMap: (side) => `${side}词向量图上的词：方向键移到该方向的下一个词，Enter 选中`,
  wordOnMap: (word, count) => `“${word}”，在训练句对中出现 ${count} 次`,
  unitMap: (quantity) => `所有单元的${quantity}：方向键在单元和词之间移动，Enter 打开`,
  untouched: '未改动的注意力的单元格：方向键在行列之间移动',
  beamTree: '搜索树上的词：方向键沿树移动，Enter 固定',
  beamStart: (followers) => `开头，后接 ${followers} 个词`,
  beamNode: (position, word, probability, fate) => `第 ${position} 个词，“${word}”：${probability}，${FATES[fate]}`,
  candidates: '候选词：方向键在步与名次之间移动，Enter 固定',
  candidate: (position, rank, word, probability, isTaken) =>
    `第 ${position} 步，第 ${rank} 名：“${word}”，${probability}${isTaken ? '，被选中' : ''}`,
  size: '大小',
  sizes: { normal: '普通', large: '大，用于投影' },
};
