/** Chinese: what the first view says about lessons; their own words are in `lessons`. */

import type { LessonStrings } from './en-lessons.ts';

export const zhLessons: LessonStrings = {
  title: '课程',
  hint: '初次接触注意力？第一课就在本页上演示它是什么，大约四分钟。',
  hintStart: '开始这一课',
  hintDismiss: '暂不上课',
  left: '这一课使用了自己的模型。你之前的内容仍然保留着。',
  goBack: '回到之前的内容',
  loading: '正在打开课程',
  partsHidden: (count) => `此链接隐藏了页面的 ${count} 个部分。`,
  showAll: '全部显示',
};
