/** Chinese: the runs that this browser keeps, and checkpoint files. */

import type { RunOrigin } from '../../training/protocol.ts';
import { bytesText } from './bytes-text.ts';
import type { RunStrings } from './en-runs.ts';

function whereFrom(origin: RunOrigin, step: string): string {
  switch (origin.kind) {
    case 'last':
      return `你上次的运行已重新打开，在第 ${step} 步。`;
    case 'copy':
      return `你上次的运行在另一个标签页里打开着。这是它的一份副本，从第 ${step} 步起独立运行。`;
    case 'saved':
      return origin.name === null ? `已打开第 ${step} 步的一次运行。` : `已打开“${origin.name}”，在第 ${step} 步。`;
    case 'shipped':
      return `显示的是随页面附带的模型，已训练 ${step} 步。`;
    case 'file':
      return `已打开文件里的运行，在第 ${step} 步。`;
  }
}

export const zhRuns: RunStrings = {
  title: '运行',
  name: '这次运行的名称',
  save: '保存',
  where: '它们留在这个浏览器里；几周不访问，浏览器可能会清除。下载为文件才能长久保存。',
  none: '还没有保存其他运行。',
  unavailable: '这个浏览器没有地方保存运行。文件在哪里都能用。',
  unnamed: '自动保存',
  open: (name) => `打开${name}`,
  rename: '重命名',
  renameTo: (name) => `${name}的新名称`,
  keep: '确定名称',
  duplicate: '复制',
  copyOf: (name) => `${name}（副本）`,
  delete: '删除',
  of: (action, name) => `${action}${name}`,
  deleted: (name) => `“${name}”已删除。`,
  undo: '撤销',
  facts: (task, step, exact, bytes, when) =>
    [task, `第 ${step} 步`, ...(exact === null ? [] : [`${exact} 全对`]), bytes, when].join(' · '),
  usage: (used, quota) => `已用 ${used}，共 ${quota}`,
  download: '下载这次运行',
  openFile: '打开文件',
  size: (bytes) => bytesText(bytes, 'zh-Hans'),
  full: '没有空间了。请删除一次运行，或把这次运行下载为文件。',
  resumed: whereFrom,
  startAfresh: '重新开始',
  notSaved: (problem) =>
    problem === 'full'
      ? '浏览器的存储空间已满，所以这次运行没有保存。训练继续进行，仍可下载。'
      : '浏览器不允许本页保存运行。训练继续进行，仍可下载。',
};
