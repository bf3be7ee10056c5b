/** Chinese, the tasks: what each is, and what its attention should look like. */

import type { TaskStrings, TaskText } from './en-tasks.ts';

const digitsTo = (language: string, how: string, attention: string): TaskText => ({
  name: `数字译${language}数词`,
  line: `把 0 到 9,999 的数字写成${language}数词${how}。`,
  attention,
});
const wordsTo = (language: string, attention: string): TaskText => ({
  name: `数词：英语译${language}`,
  line: `把一万以内的英语数词译成${language}数词。`,
  attention,
});

const longDate = (language: string, attention: string): TaskText => ({
  name: `长日期：英语译${language}`,
  line: `把星期、月、日、年和纪元（公元前 800 年到公元 2100 年）译成${language}。`,
  attention,
});
const messagesTo = (language: string, attention: string): TaskText => ({
  name: `编译器消息：英语译${language}`,
  line: `TypeScript 的错误消息，填入名字，译成${language}；译文出自它的译者。测试部分是从未训练过的消息。`,
  attention,
});
const blocksTo = (language: string, attention: string): TaskText => ({
  name: `Scratch 积木：英语译${language}`,
  line: `编程积木上的文字，填入名字和数字，译成${language}；译文出自它的译者。测试部分是从未训练过的积木。`,
  attention,
});

export const zhTasks: TaskStrings = {
  variant: '语言',
  own: '自己的数据',
  groups: {
    language: '句子',
    figures: '数字与日期',
    sequences: '序列',
    classes: '一句一个答案',
    pictures: '图片',
  },
  names: {
    phrases: '短语',
    messages: '编译器消息',
    blocks: 'Scratch 积木',
    numbers: '数字',
    dates: '日期',
    'long-dates': '长日期',
    reverse: '倒序',
    copy: '复制',
    sort: '排序',
    negation: '褒贬',
    actor: '是谁做的',
    plates: '手写数字',
    autoencode: '自编码',
    denoise: '去噪',
  },
  variants: {
    phrases: '英语译法语',
    'phrases-de': '英语译德语',
    messages: '英语译法语',
    'messages-ja': '英语译日语',
    blocks: '英语译德语',
    'blocks-ja': '英语译日语',
    numbers: '数字译法语',
    'numbers-de': '数字译德语',
    'numbers-ar': '数字译阿拉伯语',
    'numbers-tr': '数字译土耳其语',
    'number-words': '英语译法语',
    'number-words-de': '英语译德语',
    'number-words-ar': '英语译阿拉伯语',
    'number-words-tr': '英语译土耳其语',
    dates: 'ISO',
    'long-dates': '英语译日语',
    'long-dates-hu': '英语译匈牙利语',
    'long-dates-fr': '英语译法语',
    reverse: '字母',
    copy: '字母',
    sort: '字母',
    negation: '英语',
    actor: '英语',
    plates: '数字',
    autoencode: '英语',
    denoise: '英语',
  },
  texts: {
    phrases: {
      name: '短语：英语译法语',
      line: '把英语短句译成法语；句子出自一套写好的语法，含性数一致、否定和代词。',
      attention: '大体是一条对角线；形容词排在名词之后处交叉，否定词夹住动词处分开。',
    },
    'phrases-de': {
      name: '短语：英语译德语',
      line: '把英语短句译成德语；句子出自一套写好的语法，有四个格，动词会移到句末。',
      attention: '一条对角线带一次长跳：英语早早说出的动词排在最后，落在它支配的一切之后。',
    },
    numbers: digitsTo('法语', '，包括特殊的七十和九十', '从左到右逐位看；“soixante-dix”之类还要看后一位数字。'),
    'numbers-de': digitsTo('德语', '，在词素相接处切开', '逐位看，末尾有一个叉：德语先说个位再说十位，三百二和四十。'),
    'numbers-ar': digitsTo(
      '阿拉伯语',
      '，第一个词在最上面',
      '逐位看，末尾有一个叉：阿拉伯语先说个位再说十位，中间用“和”连接。',
    ),
    'numbers-tr': digitsTo('土耳其语', '', '像楼梯：每个数字给出自己的词，接着是百或千。'),
    'number-words': wordsTo('法语', '沿对角线逐词看；七十和九十散开成两三个法语词。'),
    'number-words-de': wordsTo('德语', '沿对角线，末尾有一个叉：个位在十位之前，中间的“und”不对应任何词。'),
    'number-words-ar': wordsTo('阿拉伯语', '沿对角线，末尾有一个叉；“三”“百”两个词合成一个。'),
    'number-words-tr': wordsTo('土耳其语', '几乎是笔直的对角线；百和千前面的“一”不译。'),
    dates: {
      name: '日期译 ISO 格式',
      line: '把二十种日常写法的日期逐字符写成“年-月-日”。',
      attention: '先看年份，不论它在哪里；再看月份（拼写或数字），最后看日。',
    },
    reverse: {
      name: '倒序',
      line: '把字母倒过来写：用 5 到 20 个字母训练，用 5 到 40 个字母测试。',
      attention: '从右上到左下的一条直线。没有注意力时，长的序列会被忘掉。',
    },
    copy: {
      name: '复制',
      line: '把同样的字母再写一遍：用 5 到 20 个字母训练，用 5 到 40 个字母测试。',
      attention: '一条笔直的对角线：每个字母看向它自己。',
    },
    sort: {
      name: '排序',
      line: '把字母按字母表顺序排好：用 5 到 20 个字母训练，用 5 到 40 个字母测试。',
      attention: '每行一个格子，散布整张图：字母表里的下一个字母，不论它在哪里。',
    },
    negation: {
      name: '否定句的褒贬',
      line: '这句话是不是在说好话？整句只对应一个类别，从“wasn’t at all dull”到“far from good”。',
      attention: '只有一行：主句里的评价，以及把它翻转过来的词；“although”从句不算数。',
    },
    actor: {
      name: '是谁做的',
      line: '句中提到好几个人，其中一人做了主句所说的事。十个类别，每个名字一类。',
      attention: '只有一行：做这件事的人名——主动句里在动词之前，被动句里在“by”之后。',
    },
    plates: {
      name: '数字图片',
      line: '把三到六位的手写数字读出来，不论写在哪里、写得多大：卷积网络看图，注意力在图上移动。',
      attention: '在图上从左到右，一个数字接一个数字。',
    },
    'long-dates': longDate('日语', '整个倒过来：纪元和年份在前，星期在最后，像从左到右升起的台阶。'),
    'long-dates-hu': longDate('匈牙利语', '成块地倒过来：纪元、年份，然后月日保持原来的次序，星期在最后。'),
    'long-dates-fr': longDate('法语', '一条对角线带一个叉：法语先说日再说月。'),
    messages: messagesTo('法语', '名字会跳动：每个带引号的名字看向它自己，周围的词同时看向好几个词。'),
    'messages-ja': messagesTo('日语', '动词在最后：它那一行看向名字之间的词。每个带引号的名字看向它自己。'),
    blocks: blocksTo('德语', '带分叉的对角线：德语动词把插入的东西夹在中间：“füge … ein”。'),
    'blocks-ja': blocksTo('日语', '整个倒过来：先是列表，再是位置，再是插入的东西，动词在最后。'),
    autoencode: {
      name: '自编码',
      line: '把英语句子经过一个向量再写成它自己：没有注意力，一切都要装进这个向量。',
      attention: '起初没有。在“注意力”里选一种打分方式，几百步之内就会出现一条笔直的对角线。',
    },
    denoise: {
      name: '去噪',
      line: '把受损的英语句子恢复原样：有的词换了位置，有的丢失，有的被涂掉。丢失的词只能猜，所以目标是一半的句子全对。',
      attention: '一条对角线，词换了位置的地方有一个叉；涂掉的词靠相邻的词来读。',
    },
    own: {
      name: '你自己的句对',
      line: '你带来的句对。',
      attention: '由你的句对决定。',
    },
  },
};
