/** Chinese, the reference part: terms, settings and the stages of the schematic. */

import { decoderFormula, encoderFormula, scoreFormula, whereAttention } from './formulas.ts';
import type { Strings } from './strings.ts';
import { taskOptions } from './task-options.ts';
import { zhTasks } from './zh-tasks.ts';

export const zhReference: Pick<Strings, 'terms' | 'settings' | 'schematic'> = {
  terms: {
    alignmentError: {
      label: '对齐错误',
      sentence: '最强连接中不符合标准对齐的比例：每个词都看向该看的地方时为 0 %。',
    },
    attention: {
      label: '注意力',
      sentence: '写出每个输出词时，从每个输入词那里取用了多少；每行之和为 1。',
    },
    bleu: {
      label: 'BLEU',
      sentence: '译文与参考译文共有多少个一到四个词的连续片段，取值 0 到 1。',
    },
    decidingWord: {
      label: '看着关键词',
      sentence: '在留出的句子里，最大权重落在决定类别的词上的比例。',
    },
    dispatch: {
      label: '派发',
      sentence: '在 GPU 上启动一次小程序；一个训练步就是一份固定的派发清单。',
    },
    entropy: {
      label: '注意力熵',
      sentence: '注意力有多分散：只看一个词为 0，所有词一样看为 1。',
    },
    exactMatch: {
      label: '完全匹配',
      sentence: '留出的句子里，整句译文与参考译文逐词相同的比例。',
    },
    freeRunning: {
      label: '自由运行',
      sentence: '解码器读自己写出的前一个词；没有人知道答案时只能如此。',
    },
    goldAlignment: {
      label: '标准对齐',
      sentence: '带边框的单元格：生成这个句对的语法知道这两个词彼此对应。',
    },
    gradientNorm: {
      label: '梯度范数',
      sentence: '把所有梯度看作一个向量时的长度，裁剪之前。',
    },
    heldOut: {
      label: '留出',
      sentence: '从不用来训练的句对：在这些句对上做对，靠的是理解而不是记忆。句对的数目是最新一点所用的。',
    },
    loss: {
      label: '损失',
      sentence: '对正确词的平均意外程度（交叉熵），单位 nat：模型对每个词都有把握时为 0。',
    },
    parameters: { label: '参数', sentence: '训练所改变的那些数。' },
    stepsPerSecond: { label: '步/秒', sentence: '每秒的训练步数，每步用一批句对。' },
    teacherForcing: {
      label: '教师强制',
      sentence: '无论解码器自己写了什么，都让它读正确的前一个词。',
    },
    tokenAccuracy: {
      label: '词元准确率',
      sentence: '给定前面的正确词时，下一个词预测正确的比例。',
    },
    tokensPerSecond: { label: '词元/秒', sentence: '每秒处理的源词与目标词数，不计填充。' },
  },
  settings: {
    title: '设置',
    groups: {
      task: '任务',
      encoder: '嵌入与编码器',
      attention: '注意力',
      decoder: '解码器',
      training: '训练',
    },
    fields: {
      task: { label: '任务', unit: '', hint: '把什么译成什么。' },
      seed: { label: '随机种子', unit: '', hint: '决定初始权重和句对的顺序。' },
      bidirectional: {
        label: '双向阅读',
        unit: '',
        hint: '另一个 LSTM 从句尾读起，于是每个状态都知道两侧的内容。',
      },
      layers: { label: '层数', unit: '', hint: '叠在一起的 LSTM 层数。短句一层就够。' },
      embedding: { label: '嵌入维度', unit: '维', hint: '每个词向量的长度。' },
      hidden: { label: '编码器大小', unit: '单元', hint: '编码器每个方向的单元数：它的记忆。' },
      decoderHidden: { label: '解码器大小', unit: '单元', hint: '解码器的单元数：写的时候能记住多少。' },
      score: { label: '打分方式', unit: '', hint: '源词怎样与解码器想要的内容作比较。' },
      placement: {
        label: '何时注意',
        unit: '',
        hint: '用写词之前的状态（Bahdanau）、之后的状态（Luong）去看，或者等到已经无关紧要时才看。',
      },
      attention: { label: '注意力大小', unit: '单元', hint: '加性打分内部的单元数。' },
      readout: { label: '读出层大小', unit: '单元', hint: '解码器与选词之间的单元数。' },
      dropout: { label: '随机失活', unit: '', hint: '训练时随机置零的比例，防止死记硬背。' },
      teacherForcing: {
        label: '教师强制',
        unit: '',
        hint: '有多大比例喂入正确的前一个词，而不是模型自己写的词。',
      },
      optimizer: { label: '优化器', unit: '', hint: '梯度怎样变成权重的改变。' },
      learningRate: { label: '学习率', unit: '', hint: '每次改变的大小。太大会发散，太小则进展缓慢。' },
      warmup: { label: '预热', unit: '步', hint: '学习率在最初这些步里逐渐升高。' },
      decay: { label: '衰减', unit: '', hint: '预热之后学习率怎样下降。' },
      decaySteps: { label: '衰减长度', unit: '步', hint: '学习率降到二十分之一所需的步数。' },
      weightDecay: { label: '权重衰减', unit: '', hint: '把每个权重往零拉一点。' },
      momentum: { label: '动量', unit: '', hint: '上一次的改变有多少保留到下一次。' },
      clip: { label: '梯度裁剪', unit: '', hint: '梯度范数的上限；更长的梯度会缩短到它。' },
      batch: { label: '批大小', unit: '句对', hint: '每一步的句对数。' },
    },
    options: {
      ...taskOptions(zhTasks),
      additive: '加性（Bahdanau）',
      'linear-concat': '拼接后线性',
      general: '一般形式（Luong）',
      dot: '点积',
      'scaled-dot': '缩放点积',
      uniform: '均匀：所有词一样',
      none: '无',
      before: '写词之前',
      after: '写词之后',
      'too-late': '太迟：一个常见的错误',
      adam: 'Adam',
      adamw: 'AdamW',
      sgd: 'SGD',
      linear: '线性',
      cosine: '余弦',
    },
    on: '开',
    off: '关',
    live: '训练中也立即生效。',
    reopens: '除非注明立即生效，改变后运行会从同样的初始权重重新开始。',
    isDefault: '默认',
    defaultOption: (option) => `${option}（默认）`,
    toDefault: (value) => `恢复为 ${value}`,
    backToDefaults: '恢复默认设置',
    changed: '已改',
    allDefault: '所有设置都是默认值。',
    range: (min, max) => `${min} 到 ${max}。`,
    outOfRange: (text, min, max, isWhole) =>
      `${text.trim() === '' ? '空白' : `“${text.slice(0, 20)}”`}不是 ${min} 到 ${max} 之间的${isWhole ? '整' : ''}数。运行保持原值。`,
    locks: {
      equalSizes: (size) => `点积要求两边大小相等：解码器取编码状态的大小 ${size}。`,
      additiveOnly: '只有加性打分有自己的单元。',
      sgdOnly: '只有 SGD 用到它。',
      noDecay: '学习率不衰减。',
      noAttention: '没有注意力，也就无从安放。',
    },
  },
  schematic: {
    label: '模型：选择一个环节查看它的设置',
    query: '查询 s',
    stages: {
      source: {
        label: '源句',
        formula: () => '',
        forward: '要翻译的词从这里进入。',
        backward: '词没有梯度；回程到词向量为止。',
      },
      embed: {
        label: '嵌入',
        formula: () => 'xⱼ = E[词ⱼ]',
        forward: '每个词变成一张可学习的表里属于它的那一行。',
        backward: '每个词的那一行汇集它所有出现处的梯度。',
      },
      encode: {
        label: '编码器',
        formula: encoderFormula,
        forward: 'LSTM 逐词读过去，为每个词留下一个状态。',
        backward: '梯度沿句子往回走。',
      },
      score: {
        label: '打分',
        formula: scoreFormula,
        forward: '每个源词得到一个数：它此刻有多合适。',
        backward: '每个得分该怎样改变。',
      },
      softmax: {
        label: 'softmax',
        formula: whereAttention('αⱼ = exp(aⱼ) ∕ Σₖ exp(aₖ)'),
        forward: '得分变成和为 1 的权重：热力图的一行。',
        backward: '一个权重增加的，就是其他权重失去的。',
      },
      context: {
        label: '上下文',
        formula: whereAttention('c = Σⱼ αⱼ hⱼ'),
        forward: '按这些权重求各状态的平均：所看到的内容。',
        backward: '梯度在此分开：流向权重，也流向状态。',
      },
      decode: {
        label: '解码器',
        formula: decoderFormula,
        forward: '取上下文和前一个词，给每个可能的下一个词评分。',
        backward: '梯度从最后一个词走回第一个词。',
      },
      target: {
        label: '译文',
        formula: () => 'p(词) = softmax(读出)',
        forward: '写出概率最大的词，再喂回去。',
        backward: '对正确词的意外程度：梯度从这里开始。',
      },
    },
    loss: {
      label: '损失',
      formula: () => 'L = −mean log p(正确词)',
      forward: '对每个正确词的意外程度，取平均。',
      backward: '回程开始：p，在正确词处减 1。',
    },
    update: {
      label: '更新',
      formula: () => 'θ ← θ − η · step(clip(∇L))',
      forward: '每个权重逆着自己的梯度移动一点。',
      backward: '每个权重逆着自己的梯度移动一点。',
    },
    working: ({ position, dispatches }) =>
      [...(position === null ? [] : [`第 ${position + 1} 个词`]), `${dispatches} 次派发`].join(' · '),
  },
};
