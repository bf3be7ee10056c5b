/** Chinese: what is said otherwise where the model gives one class for a sentence. */

import type { ClassifierStrings } from './en-classifier.ts';
import type { Strings } from './strings.ts';

export const zhClassifier = (base: Pick<Strings, 'schematic'>): ClassifierStrings => ({
  sentence: {
    label: '要分类的句子',
    translate: '分类',
    translating: '正在分类',
    noReference: '这句话没有已知的正确答案。',
    allUnknown: '这些词模型一个也不认识，所以它的回答没有意义。试试样例句里的词。',
    wrongWords: () => '错误',
    wrongWord: '不是正确的类别',
  },
  heatmap: {
    noAttentionHint: '类别只从编码器的最后状态读出。换一种打分方式，就能让它回头去看。',
    probabilityLegend: '该类别的概率',
    goldLegend: '关键词',
    gold: '关键词',
  },
  samples: { title: '它从未见过的句子' },
  figures: { exact: '正确' },
  goal: { label: (goal) => `目标：${goal} 正确` },
  terms: {
    exactMatch: { label: '准确率', sentence: '留出的句子里类别判断正确的比例。' },
    loss: { label: '损失', sentence: '对正确类别的平均意外程度，单位 nat：模型完全确定时为 0。' },
    tokenAccuracy: { label: '准确率', sentence: '类别判断正确的句子所占的比例。' },
    goldAlignment: { label: '关键词', sentence: '带框的格子：生成句子的语法知道，是这个词决定了类别。' },
  },
  charts: {
    loss: { label: '损失', unit: 'nat/句' },
    exactMatch: { label: '准确率', unit: '%' },
    tokenAccuracy: { label: '每步准确率', unit: '%' },
  },
  decoderGroup: '查询与读出层',
  fields: {
    decoderHidden: { label: '查询大小', unit: '单元', hint: '查询向量的长度；它由编码器的最后状态得来。' },
    readout: { label: '读出层大小', unit: '单元', hint: '从查询和上下文到选出类别之间的单元数。' },
  },
  stages: {
    source: { ...base.schematic.stages.source, forward: '句子的词进入模型。' },
    score: {
      ...base.schematic.stages.score,
      formula: (config) => base.schematic.stages.score.formula(config).replace(/\bs\b/u, 'q'),
      forward: '每个词得到一个数：它与查询有多相符。',
    },
    context: { ...base.schematic.stages.context, formula: ({ score }) => (score === 'none' ? '' : 'c = Σⱼ αⱼ hⱼ') },
    decode: {
      label: '读出层',
      formula: () => 'r = tanh(W [q ; c] + b)',
      forward: '查询与上下文合在一起，成为每个类别的依据。这里没有解码器。',
      backward: '梯度分成两路：流向查询，也流向上下文。',
    },
    target: {
      label: '类别',
      formula: () => 'p(类别) = softmax(V r + b)',
      forward: '概率最大的类别就是回答。',
      backward: '对正确类别的意外程度：梯度从这里开始。',
    },
  },
  query: '查询 q',
  panels: {
    looked: '模型看向哪里',
    attentionDoes:
      '注意力是计算中的事实：源句的各个状态就是按这些权重进入上下文的。它集中的地方，说明读出层选定类别时面前摆着哪些状态。',
    attentionDoesNot:
      '它不是选定这个类别的理由。一个状态已经带着邻近的词，所以权重可能落在关键词旁边一格；查询本身也在说话。另外两种度量也各有局限：梯度只对微小的变化成立，而去掉一个词的句子可能不像模型见过的任何句子。',
    attentionOff: '关：上下文为零，类别只从查询读出',
    resultTitle: '类别',
    resultCaption: '未改动的类别、改动后的类别，以及其他类别',
    isOwnAnswer: '这句话没有已知的正确答案，用模型自己的类别代替。',
    loss: (loss) => `这句话的损失 ${loss} 奈特`,
  },
  classes: { title: '每个类别的概率', bar: (name, probability) => `${name}：${probability}` },
});
