import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../../lib/errors.ts';
import { decodeText, type Encoding } from './encoding.ts';
import { hasHeaderNames, likelyColumns } from './header.ts';
import { languageOf, languageOfName } from './languages.ts';
import { readParallel, readTable } from './read-table.ts';
import { likelyChoice, type PairChoice, selectPairs, TokenizedColumns } from './selection.ts';
import { columnNames, finish, type ImportTable } from './table.ts';
import { unpack } from './zip.ts';

const read = (text: string): ImportTable => finish(readTable('pairs', text));

const refusal = (body: () => unknown): CorpusFormatError => {
  try {
    body();
  } catch (error) {
    if (error instanceof CorpusFormatError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('delimited text', () => {
  it('reads TSV with a quotation mark as a character like any other', () => {
    const table = read('"Go," he said.\t« Va », dit-il.\tCC-BY 2.0\nHi.\tSalut.\tCC-BY 2.0\n');
    expect(table).toMatchObject({ format: 'tsv', delimiter: '\t', lines: [1, 2], rejected: [] });
    expect(table.rows[0]).toEqual(['"Go," he said.', '« Va », dit-il.', 'CC-BY 2.0']);
  });

  it.each(['\n', '\r\n', '\r'])('takes lines that end in %j, blank ones and comments', (end) => {
    const table = read(['# made by hand', 'a b\tc d', '', 'e\tf', '  '].join(end));
    expect(table).toMatchObject({
      rows: [
        ['a b', 'c d'],
        ['e', 'f'],
      ],
      lines: [2, 4],
      blankLines: 2,
      commentLines: 1,
    });
  });

  it.each([
    [',', 'I see, now'],
    [';', 'I see; now'],
  ])('reads CSV with %j by RFC 4180: quotes, doubled quotes, line ends within', (delimiter, text) => {
    const rows = ['source', `"${text}"`, '"He said ""no"""', '"two\r\nlines"', 'plain'].map((cell, i) =>
      [cell, i === 0 ? 'target' : `x${i}`].join(delimiter),
    );
    const table = read(`${rows.join('\r\n')}\r\n`);
    expect(table).toMatchObject({ format: 'csv', delimiter, hasHeader: true });
    expect(columnNames(table, true)).toEqual(['source', 'target']);
    expect(table.rows.slice(1)).toEqual([
      [text, 'x1'],
      ['He said "no"', 'x2'],
      ['two\r\nlines', 'x3'],
      ['plain', 'x4'],
    ]);
    expect(table.lines).toEqual([1, 2, 3, 4, 6]);
  });

  it('rejects a line whose quotation mark is never closed, and reads on', () => {
    const table = read('a,b\n"c,d\ne,f\ng,h\n');
    expect(table.rejected).toEqual([{ line: 2, reason: 'unclosed-quote', excerpt: '"c,d' }]);
    expect(table.rows).toEqual([
      ['a', 'b'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
    expect(table.lines).toEqual([1, 3, 4]);
  });

  it('names the lines without a second column', () => {
    const table = read('a\tb\nlonely\nc\td\n');
    expect(table.rejected).toEqual([{ line: 2, reason: 'one-column', excerpt: 'lonely' }]);
  });

  it('reads what Anki exports as plain text', () => {
    const table = read('#separator:tab\n#html:true\n#columns:Front\tBack\n"a ""b"""\tc\td\nthe <b>cat</b>\tle chat\n');
    expect(table).toMatchObject({ format: 'anki', columns: ['Front', 'Back', ''], commentLines: 3 });
    expect(table.rows).toEqual([
      ['a "b"', 'c', 'd'],
      ['the <b>cat</b>', 'le chat'],
    ]);
  });

  it('keeps lines apart over the seams of its chunks', () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `"number ${i}, ""${i % 7}""",nombre ${i}`);
    const table = read(lines.join('\n'));
    expect(table.rows.length).toBe(lines.length);
    expect(table.rows[59_999]).toEqual(['number 59999, "2"', 'nombre 59999']);
    expect(table.lines.at(-1)).toBe(60_000);
  });

  it('refuses a text of one column, saying what it expects', () => {
    expect(refusal(() => read('one sentence\nanother\n')).message).toContain('two columns');
    expect(refusal(() => read(' \n')).message).toContain('empty');
  });

  it('composes letters and their marks (NFC)', () => {
    expect(read('e\u0301\tn\u0303\n').rows).toEqual([['é', 'ñ']]);
  });
});

describe('JSON', () => {
  it('reads arrays of pairs, of objects, and of objects within', () => {
    expect(read('[["a", "b"], ["c", "d", 3]]').rows).toEqual([
      ['a', 'b'],
      ['c', 'd', '3'],
    ]);
    expect(read('[{"en": "a", "fr": "b"}]')).toMatchObject({ columns: ['en', 'fr'], rows: [['a', 'b']] });
    expect(read('{"pairs": [{"translation": {"en": "a", "fr": "b"}}]}')).toMatchObject({
      columns: ['translation.en', 'translation.fr'],
    });
  });

  it('reads JSON lines and names those that are none', () => {
    const table = read('{"en": "a", "fr": "b"}\n{"en": "c"\n\n{"en": "d"}\n{"fr": "f", "en": "e"}\n');
    expect(table.rows).toEqual([
      ['a', 'b'],
      ['e', 'f'],
    ]);
    expect(table.rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'not-json'],
      [4, 'one-column'],
    ]);
  });

  it('names the line where it stops being JSON', () => {
    expect(refusal(() => read('[\n["a", "b"],\n["c" "d"]\n]')).details).toMatchObject({
      line: '3',
      problem: 'no-json',
    });
  });

  it('takes __proto__ for a name like any other', () => {
    const table = read('[{"__proto__": "a", "to": "b"}]');
    expect(table.rows).toEqual([['a', 'b']]);
    expect(({} as Record<string, unknown>).to).toBeUndefined();
  });
});

describe('TMX', () => {
  it('makes a column of each language, without the codes of the document', () => {
    const table = read(
      `<?xml version="1.0"?><tmx version="1.4"><body>
       <tu><tuv xml:lang="EN"><seg>The <bpt i="1">&lt;b></bpt>cat<ept i="1"/> &amp; dog</seg></tuv>
           <tuv xml:lang="fr"><seg>le chat et le chien</seg></tuv></tu>
       <tu><tuv xml:lang="fr"><seg>seul</seg></tuv></tu></body></tmx>`,
    );
    expect(table).toMatchObject({ format: 'tmx', columns: ['en', 'fr'] });
    expect(table.rows).toEqual([['The cat & dog', 'le chat et le chien']]);
    expect(table.rejected[0]).toMatchObject({ line: 4, reason: 'one-column' });
  });

  it('refuses XML that is not well-formed', () => {
    expect(refusal(() => read('<?xml version="1.0"?>\n<tmx><body></tmx>')).details.line).toBe('2');
  });
});

describe('two files', () => {
  it('pairs their lines', () => {
    const table = finish(readParallel(['a.en', 'a.fr'], ['one\ntwo\n\n', 'un\r\ndeux']));
    expect(table).toMatchObject({
      columns: ['a.en', 'a.fr'],
      rows: [
        ['one', 'un'],
        ['two', 'deux'],
      ],
    });
  });

  it('refuses files of different length', () => {
    const { message } = refusal(() => finish(readParallel(['a', 'b'], ['1\n2', '1'])));
    expect(message).toBe('a has 2 lines and b 1: expected as many in both');
  });
});

describe('encodings', () => {
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = (text: string, isLittle: boolean): Uint8Array => {
    const bytes = new Uint8Array(2 * text.length + 2);
    const view = new DataView(bytes.buffer);
    for (const [i, character] of [...`\ufeff${text}`].entries())
      view.setUint16(2 * i, character.charCodeAt(0), isLittle);
    return bytes;
  };

  it.each<[string, Uint8Array, Encoding]>([
    ['UTF-8', strToU8('été\tx'), 'utf-8'],
    ['UTF-8 with a mark', strToU8('\ufeffété\tx'), 'utf-8'],
    ['UTF-16, little end first', utf16('été\tx', true), 'utf-16le'],
    ['UTF-16, big end first', utf16('été\tx', false), 'utf-16be'],
  ])('recognises %s', (_, bytes, encoding) => {
    expect(decodeText('f', bytes)).toEqual({ kind: 'text', text: 'été\tx', encoding });
  });

  it('asks about what is neither, the likeliest first, with samples', () => {
    const decoded = decodeText('f', latin1("plain\tline\nl'été\tça va\n"));
    expect(decoded).toMatchObject({ kind: 'ask' });
    const [first] = decoded.kind === 'ask' ? decoded.candidates : [];
    expect(first).toEqual({ encoding: 'windows-1252', sample: ["l'été\tça va"] });
  });

  it('shows the places where the encodings differ, and no two that say the same', () => {
    const decoded = decodeText('f', latin1(`${'a long way to go '.repeat(6)}\tun été\n`));
    const candidates = decoded.kind === 'ask' ? decoded.candidates : [];
    expect(candidates[0]?.sample).toEqual(['… way to go a long way to go \tun été']);
    expect(candidates.map(({ encoding }) => encoding)).not.toContain('windows-1254');
    expect(candidates.every(({ sample }) => !sample[0]?.endsWith('un été') || sample === candidates[0]?.sample)).toBe(
      true,
    );
  });

  it('finds Cyrillic for what would be mojibake in Western letters', () => {
    const bytes = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x09, 0x68, 0x69, 0x0a]);
    const decoded = decodeText('f', bytes);
    expect(
      decoded.kind === 'ask' && decoded.candidates.find(({ encoding }) => encoding === 'windows-1251')?.sample,
    ).toEqual(['Привет\thi']);
  });

  it('takes the encoding that was chosen, and refuses bytes that are no text', () => {
    expect(decodeText('f', latin1('été'), 'windows-1252')).toMatchObject({ text: 'été' });
    expect(refusal(() => decodeText('f', Uint8Array.of(0x50, 0, 0x4b, 0))).message).toBe('f is not a text file');
  });
});

describe('archives', () => {
  it('reads a deck as manythings.org packs it, attribution and all', () => {
    const lines = [
      'Go.\tVa !\tCC-BY 2.0 (France) Attribution: tatoeba.org #2877272 (CM) & #1158250 (Wittydev)',
      'Hi.\tSalut !\tCC-BY 2.0 (France) Attribution: tatoeba.org #538123 (CM) & #509819 (Aiji)',
    ];
    const bytes = zipSync({ '_about.txt': strToU8('About\tthis\tfile'), 'fra.txt': strToU8(`${lines.join('\n')}\n`) });
    const { name, bytes: unpacked } = unpack('fra-eng.zip', bytes);
    const decoded = decodeText(name, unpacked);
    const table = finish(readTable(name, decoded.kind === 'text' ? decoded.text : ''));
    expect(table).toMatchObject({ format: 'tsv', rejected: [], hasHeader: false });
    expect(likelyChoice(table)).toMatchObject({ source: 0, target: 1 });
    expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
      ['Go.', 'Va !'],
      ['Hi.', 'Salut !'],
    ]);
  });

  it('finds the data beside its description', () => {
    const bytes = zipSync({ '_about.txt': strToU8('x'.repeat(100)), 'fra.txt': strToU8('a\tb') });
    expect(unpack('fra-eng.zip', bytes)).toEqual({ name: 'fra.txt', bytes: strToU8('a\tb') });
  });

  it('says how to export from Anki', () => {
    const bytes = zipSync({ 'collection.anki2': strToU8('x') });
    expect(refusal(() => unpack('deck.apkg', bytes)).message).toContain('Notes in Plain Text');
  });

  it('refuses a damaged archive', () => {
    const bytes = zipSync({ 'a.txt': strToU8('a\tb') });
    expect(refusal(() => unpack('a.zip', bytes.subarray(0, 30))).message).toContain('damaged');
  });
});

describe('a choice', () => {
  const pick = (text: string, changes: Partial<PairChoice> = {}) => {
    const table = read(text);
    const choice = { ...likelyChoice(table), ...changes };
    return { table, choice, selection: finish(selectPairs(table, choice)) };
  };
  const targets = (selection: ReturnType<typeof pick>['selection']) =>
    [...selection.bySource.values()].flat().map(({ target }) => target);

  it('has the last word on whether the first line names the columns', () => {
    const text = 'english,french\nhi,salut\ngo,va\n';
    expect(pick(text).selection.bySource.size).toBe(2);
    const asPairs = pick(text, { hasHeader: false });
    expect(asPairs.selection.bySource.size).toBe(3);
    expect(columnNames(asPairs.table, false)).toEqual(['', '']);
    const named = pick('left\tright\nhi\tsalut\n', { hasHeader: true });
    expect(named.table.hasHeader).toBe(false);
    expect(named.selection.bySource.size).toBe(1);
    expect(columnNames(named.table, true)).toEqual(['left', 'right']);
  });

  it('counts duplicates and conflicting targets, and keeps every translation of a sentence', () => {
    const { selection } = pick('Hi.\tSalut.\nHi.\tBonjour.\nHi.\tSALUT.\nGo.\tVa.\n');
    expect(selection).toMatchObject({ conflicting: 1 });
    expect(selection.rejected).toEqual([{ line: 3, reason: 'duplicate', excerpt: 'Hi. → SALUT.' }]);
    expect([...selection.bySource.values()].map((pairs) => pairs.length)).toEqual([2, 1]);
  });

  it.each([
    ['ja', '私は学生です。\tI am a student.', '学生'],
    ['zh', '我是学生。\tI am a student.', '学生'],
    ['th', 'ฉันเป็นนักเรียน\tI am a student.', 'นักเรียน'],
  ])('cuts %s into words where the script writes no spaces', (language, text, word) => {
    const { choice, selection } = pick(text);
    expect(choice).toMatchObject({ sourceTokens: 'segmenter', targetTokens: 'words' });
    expect(selection.source.language).toBe(language);
    const tokens = [...selection.bySource.values()][0]?.[0]?.source ?? [];
    // Where else it cuts is the browser's dictionary's business.
    expect(tokens).toContain(word);
    expect(selection.source.join(tokens)).toBe(text.split('\t')[0]);
  });

  it('leaves markup as the text that it is', () => {
    expect(targets(pick('the cat\t<b>le</b> &amp;\n').selection)[0]?.slice(0, 3)).toEqual(['<', 'b', '>']);
  });

  it('cuts a column once, whatever limits are tried on it', () => {
    const table = read('a b c\td e f\ng\th\n');
    const columns = new TokenizedColumns(table);
    const choice = likelyChoice(table);
    const first = finish(selectPairs(table, choice, columns));
    const second = finish(selectPairs(table, { ...choice, tokenLimit: 2 }, columns));
    expect(second.source).toBe(first.source);
    expect(second.rejected).toMatchObject([{ line: 1, reason: 'too-long' }]);
  });
});

describe('languages', () => {
  it.each([
    ['French', 'fr'],
    ['français', 'fr'],
    ['translation.de', 'de'],
    ['train.en', 'en'],
    ['corpus.fr.txt', 'fr'],
    ['zh-TW', 'zh'],
    ['fr-CA', 'fr'],
    ['日本語', 'ja'],
    ['id', null],
    ['sentence', null],
  ])('reads %j as %j', (name, tag) => expect(languageOfName(name)).toBe(tag));

  it.each([
    ['', 'Привет, мир', 'und-Cyrl'],
    ['ru', 'Привет, мир', 'ru'],
    ['', 'Καλημέρα', 'el'],
    ['english', '안녕하세요', 'ko'],
    ['ja', '東京都', 'ja'],
    ['', 'Hello', 'und'],
    ['en', '…', 'en'],
  ])('takes a column named %j with %j for %j', (name, text, tag) => expect(languageOf(name, text)).toBe(tag));
});

describe('columns', () => {
  it('knows a header by the names of languages too, and takes no sentence for one', () => {
    expect(hasHeaderNames(['English', 'Français'])).toBe(true);
    expect(hasHeaderNames(['translation.en', 'translation.ja'])).toBe(true);
    expect(hasHeaderNames(['I love French', "J'aime le français"])).toBe(false);
    expect(hasHeaderNames(['Go.', 'Va !'])).toBe(false);
  });

  it('takes the first two that hold text, not numbers, links or attributions', () => {
    const rows = [
      ['1', 'Hi.', 'CC-BY 2.0', 'Salut.'],
      ['2', 'Run!', 'CC-BY 2.0', 'Cours !'],
    ];
    expect(likelyColumns(['', '', '', ''], rows)).toEqual({ source: 1, target: 3 });
    expect(likelyColumns(['target', 'source'], [['b', 'a']])).toEqual({ source: 1, target: 0 });
  });
});
