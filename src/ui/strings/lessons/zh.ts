/** Chinese: all lessons, and the words around them. */

import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';
import type { LessonWords } from './lesson-words.ts';
import { zhFirstLessons } from './zh-first.ts';
import { zhInsideLessons } from './zh-inside.ts';

export const zhLessonTexts = (strings: Strings): LessonTexts => ({
  ...zhFirstLessons(strings),
  ...zhInsideLessons(strings),
});

export const zhLessonWords: LessonWords = {
  list: {
    title: '课程',
    intro: '每课几分钟，就用本页的模型。目标是否达到由页面自己检查。',
    cards: (count) => `${count} 张卡片`,
    at: (card, count) => `第 ${card} 张，共 ${count} 张`,
    done: '已完成',
    open: '正在进行',
  },
  card: {
    region: (lesson) => `课程：${lesson}`,
    place: (card, count) => `${card} / ${count}`,
    goals: '请这样做',
    reached: (goal) => `完成：${goal}`,
    allReached: '这张卡片的目标都已达到。',
    isReached: '已完成',
    back: '上一张',
    next: '下一张',
    skip: '跳过',
    finish: '结束',
    leave: '离开课程',
    fold: '收起卡片',
    unfold: '展开卡片',
    show: '指给我看',
    setUp: '重新准备',
    setUpHint: '打开这一课开始时的模型',
  },
  share: {
    title: '给班级的链接',
    open: '制作给班级的链接',
    back: '回到课程列表',
    intro: '链接打开的页面与现在一样，但不含你在这里去掉的部分。',
    lesson: '打开课程',
    noLesson: '无',
    hide: '去掉',
    groups: { bar: '顶栏', stage: '舞台', sides: '左右两侧', drawer: '下方' },
    parts: {
      task: '任务选择',
      train: '训练控制',
      share: '复制链接',
      schematic: '模型示意图',
      sentence: '句子输入框与探针句',
      pairs: '任务与样例',
      meters: '曲线',
      drawer: '所有面板',
    },
    preview: '页面预览',
    hiddenParts: (names) => `已去掉：${names.join('、')}。`,
    nothingHidden: '没有去掉任何部分。',
    link: '链接',
    copy: '复制',
    copied: '已复制',
    notCopied: '浏览器不允许复制；链接已被选中。',
  },
};
