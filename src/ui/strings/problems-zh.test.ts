import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../data/import/encoding.ts';
import { readParallel, readTable } from '../../data/import/read-table.ts';
import { finish } from '../../data/import/table.ts';
import { unpack } from '../../data/import/zip.ts';
import { loadOwn } from '../../data/own.ts';
import { CorpusFormatError, reportError } from '../../lib/errors.ts';
import { zhProblem } from './problems-zh.ts';

const read = (text: string) => finish(readTable('a.txt', text));

describe('a file of pairs that can not be used, in Chinese', () => {
  it.each<[string, () => unknown]>([
    ['“a.txt”是空的', () => read('')],
    ['“a.txt”的每行应有两列', () => read('one\ntwo\nthree')],
    ['“a.txt”第 1 行起不是有效的 JSON', () => read('[{"a": 1},')],
    ['“a.txt”应是由句对组成的 JSON 数组', () => read('{"a": 1}')],
    ['行不是有效的 XML', () => read('<tmx><body></tmx>')],
    ['“a.txt”有 2 行，“b.txt”有 1 行', () => finish(readParallel(['a.txt', 'b.txt'], ['a\nb', 'c']))],
    ['“a.zip”已损坏', () => unpack('a.zip', strToU8('PK\u0003\u0004'))],
    ['“a.zip”里没有文本文件，只有“a.png”', () => unpack('a.zip', zipSync({ 'a.png': strToU8('x') }))],
    ['“a.apkg”是 Anki 牌组包', () => unpack('a.apkg', zipSync({ 'collection.anki2': strToU8('x') }))],
    ['“a.bin”不是文本文件', () => decodeText('a.bin', new Uint8Array([0x61, 0, 0xff, 0]), 'windows-1252')],
    ['至少需要 10 个不同的', () => loadOwn('a.txt', 'a\tb\nc\td')],
  ])('says %s', (sentence, body) => {
    let error: unknown;
    try {
      body();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CorpusFormatError);
    const text = zhProblem(reportError(error));
    expect(text).toContain(sentence);
    expect(text).not.toContain('undefined');
  });
});
