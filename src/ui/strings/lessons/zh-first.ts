/** Chinese: the lessons for whoever sees attention for the first time. */

import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';

type First = Pick<LessonTexts, 'what-attention-is' | 'bottleneck' | 'scores' | 'watch-it-learn'>;

export const zhFirstLessons = ({ header, heatmap, ribbons, sentence, settings, time }: Strings): First => ({
  'what-attention-is': {
    title: '什么是注意力',
    cards: {
      learn: {
        title: '会回头看的翻译器',
        paragraphs: [
          '这个小网络逐位读入一个数，再用法语单词把它写出来。每写一个词，它都可以回头再看任何一位数字。',
          '它对每一位看多少，就是它的*注意力*。刚开始时它哪里都看。',
        ],
        goals: { train: `按 **${header.train}**，直到它在从未见过的数上有 90\u00a0% 写对。` },
      },
      read: {
        title: '读懂热力图',
        paragraphs: [
          '每一行是它写出的一个词，每一列是它读入的一位数字。格子越深，表示这个词越依赖这位数字。',
          '从左到右看一行：它看的地方和你会看的地方一样吗？',
        ],
        goals: { pin: '固定一个格子：点击它，或用方向键走到那里再按回车。' },
      },
      rows: {
        title: '一行是分配出来的',
        paragraphs: ['一行里的权重叫作 `α`。每个都在 0 与 1 之间，一行加起来等于 1：多看一位，就要少看别的。'],
        goals: { numbers: `按 **${heatmap.values}**，把一行加起来。` },
      },
      ribbons: {
        title: '同样的权重，画成丝带',
        paragraphs: ['权重也可以画在两个句子之间。丝带有多宽，权重就有多大；其他什么都没变。'],
        goals: { ribbons: `在图的上方选择 **${ribbons.pictures.ribbons}**。` },
      },
      own: {
        title: '试试你自己的数',
        paragraphs: [
          '输入任意一个不超过四位的数。法语把八十说成“四个二十”，把十七说成“十、七”，所以一位数字可能对应几个词，一个词也可能需要两位数字。',
        ],
        goals: { own: `输入 1848 或任何你喜欢的数，然后按 **${sentence.translate}**。` },
      },
      name: {
        title: '它从哪里来',
        paragraphs: [
          'Dzmitry Bahdanau、Kyunghyun Cho 和 Yoshua Bengio 让翻译器可以这样回头看（ICLR 2015）。在那之前，一切都得挤过一个向量；下一课会展示那要付出什么代价。',
          '这里画的不是示意图：模型正是用这些权重算出了这个词。',
        ],
        goals: {},
      },
    },
  },
  bottleneck: {
    title: '瓶颈',
    cards: {
      vector: {
        title: '一切都经过一个向量',
        paragraphs: [
          '任务是把字母倒着写。这个模型没有注意力：不管单词有 5 个还是 20 个字母，解码器得到的只有编码器的最后一个状态。',
          'Sutskever、Vinyals 和 Le 就是这样翻译的（2014）。',
        ],
        goals: { train: `按 **${header.train}**，让它走 200 步。看它多常写对。` },
      },
      long: {
        title: '在哪里断掉',
        paragraphs: ['短的词也许能写对一半。每多一个字母，同一个向量就要多装一点。'],
        goals: { long: `输入一个至少 12 个字母的词，例如 “understanding”，然后按 **${sentence.translate}**。` },
      },
      score: {
        title: '让它回头看',
        paragraphs: [
          '*得分*比较解码器要找的东西与每个字母处的状态。有了它，解码器就能回到字母本身。',
          '训练会从同样的初始权重重新开始，所以比较是公平的。',
        ],
        goals: { attends: `在设置的“${settings.groups.attention}”中，选择打分方式 **${settings.options.general}**。` },
      },
      again: {
        title: '同样多的步数',
        paragraphs: ['同样的字母，同样的批次，同样多的步数。新的只有回头看这条路。'],
        goals: { train: `按 **${header.train}**，再让它走 200 步。` },
      },
      see: {
        title: '它用来做什么',
        paragraphs: ['要倒着写一个词，就得先看最后一个字母：一条从右上到左下的对角线。没有人教过它。'],
        goals: { pin: '固定这条对角线的第一格：第一行，最后一列。' },
      },
      paper: {
        title: '让注意力出名的那张图',
        paragraphs: [
          'Cho 等人（2014）已发现，这类翻译器随句子变长而变差。Bahdanau 等人（2015）的图 2 把两者放在一起：没有注意力时，质量在 20 到 30 个词之后下降；有注意力时，曲线保持在高处。',
          '继续训练，再试试比训练所用的 20 个字母更长的词：注意力在那里也有帮助，也有它自己的极限。',
        ],
        goals: {},
      },
    },
  },
  scores: {
    title: '比较各种打分方式',
    cards: {
      uniform: {
        title: '完全没有选择',
        paragraphs: ['得分说明一位数字有多符合解码器要找的东西；softmax 再把得分变成权重。如果每一位的得分都一样呢？'],
        goals: { score: `在设置的“${settings.groups.attention}”中，选择打分方式 **${settings.options.uniform}**。` },
      },
      flat: {
        title: '一切的平均',
        paragraphs: [
          '现在每一行都是平的：上下文是所有数字状态的平均。四位数字装得进一个状态，所以模型也学得会，只是更慢。这是其他得分都要超过的基线。',
        ],
        goals: { train: `按 **${header.train}**，让它走 150 步，记下有多少数写对。` },
      },
      dot: {
        title: '点积',
        paragraphs: [
          '`s·h`：解码器的状态乘以数字的状态，没有自己的权重。两者必须一样大，并且说同一种语言（Luong 等人，2015）。',
          '再除以大小的平方根，就是 Transformer 的缩放点积（Vaswani 等人，2017）。',
        ],
        goals: {
          score: `选择打分方式 **${settings.options.dot}**。`,
          train: `按 **${header.train}**，直到 90\u00a0% 写对。那是第几步？`,
        },
      },
      general: {
        title: '一般形式',
        paragraphs: ['`sᵀW h`：两者之间的矩阵把一种语言翻译成另一种。它与其他一切一起训练（Luong 等人，2015）。'],
        goals: {
          score: `选择打分方式 **${settings.options.general}**。`,
          train: `按 **${header.train}**，直到 90\u00a0% 写对。`,
        },
      },
      additive: {
        title: '加性',
        paragraphs: [
          '`vᵀ tanh(W s + U h)`：一个小网络同时看两者。这是最早的注意力（Bahdanau 等人，2015）；它更费计算，但从不要求大小相等。',
        ],
        goals: {
          score: `选择打分方式 **${settings.options.additive}**。`,
          train: `按 **${header.train}**，直到 90\u00a0% 写对。`,
        },
      },
      choice: {
        title: '选哪一个？',
        paragraphs: [
          '在这样小的任务上，它们都能到达，先后取决于随机种子。在设置的**训练**中换一个种子，看看你的排名是否还成立。',
          '公平的比较要有同样的种子、同样的批次，而且不止一个种子。论文往往没有做到。',
        ],
        goals: {},
      },
    },
  },
  'watch-it-learn': {
    title: '看它学习',
    cards: {
      start: {
        title: '从头开始',
        paragraphs: ['训练时，页面会保存一个个时刻：译文、注意力和各项数值。要得到全部时刻，就从第 0 步开始。'],
        goals: { reset: `按 **${header.reset}**：回到同样的初始权重。` },
      },
      learn: {
        title: '训练一次',
        paragraphs: ['请看热力图，而不是曲线。图像什么时候变得清晰？'],
        goals: { train: `按 **${header.train}**，直到它在留出的句子上有 90\u00a0% 写对。` },
      },
      back: {
        title: '回到第 0 步',
        paragraphs: ['图下方的线就是这次训练。你从中放到舞台上的是过去；训练本身不受影响。'],
        goals: { first: '把滑块拖到最左端，或在滑块上按 Home。' },
      },
      play: {
        title: '像电影一样',
        paragraphs: [
          '起初每一行都是平的。然后，在注意力还很分散的时候，大部分词就已写对：模型按常见程度来猜。接着它找到该看哪里，其余的也就对了。',
        ],
        goals: { play: `按线左边的 **${time.play}**。` },
      },
      keep: {
        title: '把两个时刻放在一起',
        paragraphs: [
          '停在中间某处，那时图像只完成了一半。保留的时刻可以与任何时刻比较：蓝色失去了权重，橙色得到了权重。',
        ],
        goals: {
          keep: `在你喜欢的时刻按 **${time.keep}**。`,
          compare: `在 **${time.compare}** 中选择它，再去到另一个时刻。`,
        },
      },
      live: {
        title: '回到现在',
        paragraphs: ['无论你看什么，训练都停在原来的地方。从这里可以直接继续。'],
        goals: { live: `按 **${time.toLive}**。` },
      },
    },
  },
});
