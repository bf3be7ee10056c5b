/** Chinese: attention, gradient × input and erasure side by side, and the size of gradients through time. */

import type { Closeness, ExplainsStrings } from './en-explains.ts';

const CLOSENESS: Record<Closeness, string> = {
  close: '对各词的排序很相近',
  partly: '对各词的排序部分相近',
  hardly: '对各词的排序几乎不相近',
};

export const zhExplains: ExplainsStrings = {
  measures: {
    attention: {
      name: '注意力',
      formula: 'αₜⱼ',
      says: '解码器看了哪里',
    },
    gradientInput: {
      name: '梯度 × 输入',
      formula: 'xⱼ · ∂ log p(yₜ) ∕ ∂xⱼ',
      says: '把这个词稍加改变会怎样',
    },
    erasure: {
      name: '擦除',
      formula: 'log p(yₜ) − log p(yₜ，去掉词ⱼ)',
      says: '把这个词去掉会怎样',
    },
  },
  scale: '刻度',
  scales: { shares: '份额', signed: '带符号' },
  scaleHints: {
    shares: '每行之和为 1，与注意力一样：梯度 × 输入取其大小，擦除取去掉它的代价',
    signed: '原本的数值：橙色支持该输出词，蓝色反对',
  },
  table: '表格',
  rest: '停在单元格上比较三者，停在输出词上看三者各把哪个词排在最前。',
  pinned: '已固定',
  noAttention: '这个模型没有注意力；另外两种仍可比较。',
  edited: '这里不含你的改动：这是模型本身对舞台上这些词的计算。',
  pictures: (measure) => `图片上的${measure}。方向键在格子间移动，上翻页键和下翻页键在符号间移动，Enter 固定一个格子。`,
  grid: (measure, source, target) => `从“${source}”到“${target}”的${measure}`,
  cell: (row, target, column, source, value) => `输出 ${row}“${target}”，输入 ${column}“${source}”：${value}`,
  cellReadout: (target, source, values) => `“${target}”与“${source}”：${values.join(' · ')}`,
  rowReadout: (target, tops) => `“${target}”最看重：${tops.join(' · ')}`,
  value: (measure, raw, share) => `${measure} ${raw}${share === null ? '' : `，份额 ${share}`}`,
  nats: (value) => `${value} nat`,
  top: (measure, word) => `${measure}“${word}”`,
  noTop: (measure) => `${measure}无`,
  sharesLegend: '占该行的份额',
  signedLegend: (limit) => `−${limit} 到 +${limit} nat`,
  tableCaption: '每一对词的注意力、梯度 × 输入和擦除',
  columns: {
    target: '输出',
    source: '输入',
    attention: '注意力',
    gradientInput: '梯度 × 输入，nat',
    erasure: '擦除，nat',
  },
  agreement: {
    title: '它们一致吗？',
    pair: (a, b) => `${a}与${b}`,
    tau: 'τ',
    top: '首位相同',
    overall: '所有输出',
    isSame: '相同',
    isOther: '不同',
    undefined: '–',
    topShare: (same, rows) => `${same} / ${rows}`,
    tauHint: '肯德尔 τ-b：源词的排序相同为 1，无关为 0，相反为 −1；取所有输出的平均',
    topHint: '两者是否把同一个源词排在首位',
    output: '输出',
  },
  reading: {
    title: '注意力解释什么，不解释什么',
    untrained: '模型还没有训练，三者都没有多大意义。',
    oneWord: '只有一个源词，无从排序。',
    noTau: '两者之一给每个词的值都相同，没有次序可比。',
    agree: (a, b, closeness, tau, top, rows) =>
      `这里${a}与${b}${CLOSENESS[closeness]}（平均 τ 为 ${tau}）；${rows} 个输出中有 ${top} 个，两者排在首位的词相同。`,
    tauNote: 'τ 把每一对词都算进去，包括两者都几乎不给分的词。',
    yardstick: (closeness, isCloserThanAttention, tau) =>
      closeness === 'hardly'
        ? `梯度 × 输入与擦除彼此也几乎不一致（τ 为 ${tau}）：两者都不是可以用来衡量注意力的真相。`
        : isCloserThanAttention
          ? `梯度 × 输入与擦除彼此的一致程度（τ 为 ${tau}）高于它们与注意力的一致程度。`
          : `梯度 × 输入与擦除彼此的一致程度（τ 为 ${tau}）并不高于它们与注意力的一致程度。`,
    faint: (_, rows, cost) =>
      `有 ${rows} 个输出，去掉任何一个词的代价都不到 ${cost} nat：模型怎样都有把握，这些行里的份额分的几乎是零。`,
    does: '注意力是计算中的事实：源句的各个状态以这些权重进入上下文。在它尖锐之处，它说明解码器写这个词时面前是哪些状态。',
    doesNot:
      '它不是写出这个词的理由。一个状态已经带有邻近词的信息，所以权重可能落在真正要紧的词旁边；解码器自己的记忆也有份。另外两种各有局限：梯度只对微小的改变成立，而去掉一个词的句子可能与模型见过的都不一样。',
    literature:
      '这个问题尚无定论。在分类器中，人们发现注意力与梯度、与去掉词的效果只有弱相关，而换一组权重可以给出几乎相同的输出 [1]；但仅凭这一点还不能否定它作为解释，要看想从中得到什么 [2]；它能预示哪些词要紧，但噪声不小 [3]。用擦除作度量出自 [4]。一个小翻译模型上的一个句子，定不了任何一条。',
    sources: [
      { text: '[1] Jain & Wallace 2019', url: 'https://aclanthology.org/N19-1357/' },
      { text: '[2] Wiegreffe & Pinter 2019', url: 'https://aclanthology.org/D19-1002/' },
      { text: '[3] Serrano & Smith 2019', url: 'https://aclanthology.org/P19-1282/' },
      { text: '[4] Li, Monroe & Jurafsky 2016', url: 'https://arxiv.org/abs/1612.08220' },
    ],
  },
  flow: {
    title: '梯度大小随时间的变化',
    encoder: '在编码器的各个状态处，‖∂L∕∂hⱼ‖',
    decoder: '在解码器的各个状态处，‖∂L∕∂sₜ‖',
    layer: '层',
    layerName: (layer) => `第 ${layer} 层`,
    forward: '正向阅读',
    backward: '反向阅读',
    unit: 'nat，对数刻度',
    chart: (title, least, most) => `${title}：从 ${least} 到 ${most} nat`,
    point: (word, series, value) => `“${word}”${series === null ? '' : series}：${value} nat`,
    rest: '停在一个点上即可读数。',
    reading: (hasAttention, factor) =>
      hasAttention
        ? `注意力让每个源词只经一步就到损失；这里编码器状态的最大梯度是最小梯度的 ${factor} 倍。`
        : `没有注意力时，损失只能经过中间所有状态才到达一个词；这里编码器状态的最大梯度是最小梯度的 ${factor} 倍。`,
    general:
      '如果只有循环网络，梯度每一步都乘以相近的因子，步数多了就会消失或爆炸；LSTM 的细胞状态和注意力的捷径是两种补救办法。',
    tableCaption: '每个状态处的梯度大小',
    position: '状态',
    norm: '范数，nat',
  },
};
