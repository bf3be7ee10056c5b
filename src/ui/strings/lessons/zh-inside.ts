/** Chinese: the lessons that look inside a trained model, and change it. */

import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';

type Inside = Pick<
  LessonTexts,
  'open-a-cell' | 'edit-attention' | 'not-explanation' | 'common-mistake' | 'machine-room'
>;

export const zhInsideLessons = ({ header, drawer, cell, whatIf, machine, settings }: Strings): Inside => {
  const { panels } = drawer;
  const learn = {
    title: '值得细看的模型',
    goals: { train: `按 **${header.train}**，直到它在留出的句子上有 90\u00a0% 写对。` },
  };
  return {
    'open-a-cell': {
      title: '打开一个格子',
      cards: {
        learn: { ...learn, paragraphs: ['训练之前，所有权重都差不多，没有什么可打开的。'] },
        pin: {
          title: '一个数',
          paragraphs: ['热力图的每个格子都是 0 与 1 之间的一个数。它从哪里来？挑一个有分量的。'],
          goals: { dark: '固定一个深色格子：点击它，或在它上面按回车。' },
        },
        score: {
          title: '从词到得分',
          paragraphs: [
            '面板用模型自己的数，在你眼前把这个格子算出来。先是*得分*：在加性模型中，每个单元对两个词带来的东西取 `tanh`，再乘以自己的 `v`。条形是起决定作用的单元。',
            '然后是 *softmax*：`e` 的得分次方，占整行之和的份额。',
          ],
          goals: { open: `在下方打开 **${panels.cell}**（如果还没有打开）。` },
        },
        pale: {
          title: '再看一个浅色的',
          paragraphs: ['旁边的格子为什么浅？因为它的得分低几个单位，而指数把小差别放大：低 3，就小 20 倍。'],
          goals: { pale: '固定同一行的一个浅色格子，比较两个得分。' },
        },
        backward: {
          title: '回来的路',
          paragraphs: [
            '训练把梯度沿同一行送回来：从损失到每个权重 `α`，再到得分，再到参数。一行在得分处的梯度加起来等于 0：谁得到，就要从别人那里拿走。',
          ],
          goals: { backward: `在面板中选择 **${cell.views.backward}**。` },
        },
        check: {
          title: '别轻信',
          paragraphs: [
            '把一个参数向两边各移动一点，看损失怎样变化：梯度声称知道的正是这个。页面用 float64 对随机抽取的参数来做。',
          ],
          goals: { check: `按 **${cell.backward.check}**，读一读相对误差。` },
        },
      },
    },
    'edit-attention': {
      title: '编辑注意力',
      cards: {
        learn: { ...learn, paragraphs: ['你将亲手移动一个训练好的模型的目光，看看它会说什么。'] },
        open: {
          title: '如果……会怎样？',
          paragraphs: ['面板把未改动的译文和你的译文上下放在一起。它打开时，热力图的格子可以拖动。'],
          goals: { open: `在下方打开 **${panels['what-if']}**。` },
        },
        uniform: {
          title: '一视同仁',
          paragraphs: [
            '上下拖动一个格子：这一行的其余部分会让出位置，因为一行加起来等于 1。也可以一次设置整行。从第一个改动的行起，解码器会重新写。',
          ],
          goals: { row: `改动一行：按 **${whatIf.rows.presets.uniform}**，或拖动一个格子。` },
        },
        change: {
          title: '让它说点别的',
          paragraphs: [
            '改变的词会被标出，并给出前后的概率。有些词几乎不在乎，因为前面的词已经说得够多；另一些则立刻跟着目光走。',
          ],
          goals: { word: `改动几行，直到有词改变。对所有行用 **${whatIf.rows.presets.reverse}** 效果很强。` },
        },
        undo: {
          title: '收回来',
          paragraphs: ['每个编辑都可以撤销，一个一个地，或一次全部。'],
          goals: { undo: `按 **${whatIf.undo}** 直到没有编辑，或按 **${whatIf.reset}**。` },
        },
        source: {
          title: '改变能看到的东西',
          paragraphs: ['不改目光，改句子：去掉一个词，或在它的位置输入另一个。是不是只有译文中属于它的部分变了？'],
          goals: { source: `在“${whatIf.source.title}”中去掉或替换一个词。` },
        },
        off: {
          title: '闭上它的眼睛',
          paragraphs: ['关掉注意力后，每个上下文都是零。剩下的来自解码器自己的状态：往往是一个通顺的数，而且是错的。'],
          goals: { off: `在“${whatIf.parts.title}”中关掉 **${whatIf.parts.names.attention}**。` },
        },
      },
    },
    'not-explanation': {
      title: '注意力不是解释',
      cards: {
        learn: { ...learn, paragraphs: ['热力图看起来像一个理由：“它写了这个，因为它看了那里”。真是这样吗？'] },
        compare: {
          title: '三个证人',
          paragraphs: [
            '再用两种办法问什么重要：梯度乘输入，以及擦除——去掉一个词，看译文的可能性降低多少。如果注意力就是解释，三者应当一致。',
          ],
          goals: { open: `在下方打开 **${panels.explains}**。` },
        },
        disagree: {
          title: '它们在哪里不一致',
          paragraphs: [
            '*Kendall τ* 为 1 表示顺序相同，为 0 表示没有关系。LSTM 把读过的东西带在身上，所以一个状态代表的不只是它自己的词，注意力常常落在真正重要处的旁边一格。',
          ],
          goals: { pin: '找到图像不同的一行，固定其中的一个词或格子。' },
        },
        same: {
          title: '另一种目光，同样的词',
          paragraphs: [
            'Jain 和 Wallace（2019）打乱注意力权重，常常得到同样的答案。他们认为：如果别的权重也行，那么这些权重就不是*那个*解释。',
          ],
          goals: { same: `在 **${panels['what-if']}** 中改动一行的权重，使每个词都保持原样。` },
        },
        other: {
          title: '但不是什么目光都行',
          paragraphs: [
            'Wiegreffe 和 Pinter（2019）回应：别的权重也行，并不说明这些权重没有意义；这取决于你把什么叫作解释。在翻译中，实义词失去位置时会有很多改变。',
            '所以，请把热力图读作模型用了什么，不要急着读作为什么。',
          ],
          goals: { other: '改动几行，直到有词改变。' },
        },
      },
    },
    'common-mistake': {
      title: '常见的错误',
      cards: {
        alive: {
          title: '它看起来是活的',
          paragraphs: [
            '这个模型和别的模型一样，用解码器的状态计算注意力，页面也把它画出来。只有一处不对，而损失和热力图都不会说出是哪里。',
          ],
          goals: { train: `按 **${header.train}**，让它走 150 步。` },
        },
        edit: {
          title: '动手拉一拉',
          paragraphs: ['如果这些权重对词有作用，换成别的权重，总有什么词会变。请对它们下最狠的手。'],
          goals: {
            same: `打开 **${panels['what-if']}**，对所有行按 **${whatIf.rows.presets.reverse}**：词保持不变。`,
          },
        },
        why: {
          title: '太迟了',
          paragraphs: [
            '注意力是在词已经写好之后才算的，它的上下文哪里也不去。没有梯度经它返回：它的参数保持初始的样子，一位不差。',
            '这样的模型照样能训练，图像也可能像那么回事，因为它比较的状态是好的。这个错误很容易犯，也很难察觉。',
          ],
          goals: {},
        },
        fix: {
          title: '及时',
          paragraphs: [
            'Bahdanau 等人（2015）在每个词之前计算注意力：上下文进入解码器的这一步和它的读出层，所以损失能告诉它该看哪里。',
          ],
          goals: {
            placement: `在设置的 **${settings.fields.placement.label}** 中选择 **${settings.options.before}**。`,
            train: `按 **${header.train}**，直到 90\u00a0% 写对。`,
          },
        },
        again: {
          title: '再拉一次',
          paragraphs: ['遇到任何注意力，都可以这样检验：改变权重，看有没有别的东西跟着变。'],
          goals: { change: '再次改动所有行的权重，看词跟着改变。' },
        },
      },
    },
    'machine-room': {
      title: '机房里面',
      cards: {
        open: {
          title: '一个训练步',
          paragraphs: [
            '前向、反向、更新：一个训练步是一张固定的清单，列着许多小程序的启动。页面在权重的副本上运行一步，为每次启动计时。',
          ],
          goals: { open: `在下方打开 **${panels.machine}**，等待测量结束。` },
        },
        launch: {
          title: '一次启动',
          paragraphs: [
            '时间线上的每一块是一次启动，时间有多长就有多宽。打开它，可以看到公式、形状、运算量和字节数；在 GPU 上还有运行的 WGSL 原文。',
          ],
          goals: { launch: '选择一次启动：点击一块，或用方向键沿线走。' },
        },
        stage: {
          title: '从示意图到内核',
          paragraphs: ['示意图的每个方框都知道自己的启动。例如，得分占一步的多少？编码器呢？'],
          goals: { stage: `在上方选择一个方框并按 **${machine.kernels}**，或在面板中选择一个${machine.stage}。` },
        },
        fused: {
          title: '更少、更大的启动',
          paragraphs: [
            '不管计算什么，每次启动本身都要花时间，所以许多小运算共用一次启动。一共有多少次？它们达到设备屋顶线的多少？',
            '在 GPU 上，你可以再把它们拆开，看看代价是什么。',
          ],
          goals: {
            table: `选择 **${machine.table}**，看到所有启动及其数值。`,
            unfused: `选择 **${machine.unfused}**，比较整个训练步。`,
          },
        },
        slow: {
          title: '慢动作',
          paragraphs: ['同一步，放慢到能读的速度：训练走到哪里，示意图就在哪里亮起，先向右，再向回。'],
          goals: { slow: `把速度设为 **${header.paces['slow-motion']}**，再按 **${header.train}**。` },
        },
        fast: {
          title: '全速',
          paragraphs: ['每秒几百次，同一张启动清单；其中没有任何东西是重新创建的。'],
          goals: { fast: `把速度调回 **${header.paces.full}**，让它走一步。` },
        },
      },
    },
  };
};
