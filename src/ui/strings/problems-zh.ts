/** Chinese: what is wrong with a file or text of sentence pairs. English has it in the message of the error itself. */

import type { CorpusProblem, ReportedError } from '../../lib/errors.ts';

/** What only a program has said, in its own words: of use to whoever looks for the cause. */
export const technical = (message: string): string => (message === '' ? '' : `（技术信息：“${message}”）`);

type Values = Readonly<Record<string, string>>;

const PROBLEMS: Readonly<Record<CorpusProblem, (values: Values) => string>> = {
  'too-many-files': ({ count }) => `一次只能读一个文件，或两个逐行对应的文件，这里有 ${count} 个`,
  'no-file': () => '还没有读取句对文件',
  'too-large': ({ file, limit }) => `“${file}”超过 ${limit} MB`,
  'not-text': ({ file }) => `“${file}”不是文本文件`,
  'wrong-encoding': ({ file, encoding }) => `“${file}”不是有效的 ${encoding}`,
  empty: ({ file }) => `“${file}”是空的，应有成对的句子`,
  'no-pairs': ({ file, line, excerpt }) => `“${file}”里没有成对的句子；第 ${line} 行：“${excerpt}”`,
  'no-columns': ({ file }) => `“${file}”的每行应有两列，用制表符、逗号或分号隔开`,
  'same-columns': () => '源句和目标句应是两个不同的列',
  'unequal-lines': ({ file, lines, other, otherLines }) =>
    `“${file}”有 ${lines} 行，“${other}”有 ${otherLines} 行：两个文件的行数应相同`,
  'no-json': ({ file, line, reason }) => `“${file}”第 ${line} 行起不是有效的 JSON：“${reason}”`,
  'no-array': ({ file }) => `“${file}”应是由句对组成的 JSON 数组`,
  'no-xml': ({ file, line, reason }) => `“${file}”第 ${line} 行不是有效的 XML：“${reason}”`,
  damaged: ({ file, reason }) => `“${file}”已损坏：“${reason}”`,
  'anki-package': ({ file }) => `“${file}”是 Anki 牌组包：请在 Anki 中把牌组导出为纯文本笔记，再选那个文件`,
  'no-text-inside': ({ file, names }) => `“${file}”里没有文本文件${names ? `，只有“${names}”` : '，它是空的'}`,
  'too-few': ({ least, limit, count, tooLong, emptySide, duplicate }) =>
    `至少需要 ${least} 个不同的、不超过 ${limit} 个词元的源句，这里有 ${count} 个` +
    `（太长：${tooLong}，一侧为空：${emptySide}，重复：${duplicate}）`,
};

/** One sentence on a `CorpusFormatError`. */
export function zhProblem({ message, details }: ReportedError): string {
  const says = PROBLEMS[details.problem as keyof typeof PROBLEMS];
  return says ? `无法使用这些句对：${says(details)}。` : `无法使用这些句对。${technical(message)}`;
}
