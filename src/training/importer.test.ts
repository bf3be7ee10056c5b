import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../lib/errors.ts';
import { Importer } from './importer.ts';

const file = (name: string, text: string | Uint8Array<ArrayBuffer>): File => new File([text], name);

const pairs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `We saw ${i} cats.\tNous avons vu ${i} chats.`).join('\n');

const start = () => {
  const phases: string[] = [];
  return { importer: new Importer((phase) => phases.push(phase)), phases };
};

describe('Importer', () => {
  it('reads a file, then makes a corpus of what was chosen', async () => {
    const { importer } = start();
    const answer = await importer.read([file('deck.txt', `${pairs(40)}\nlonely\n${pairs(2)}\nempty\t\n`)]);
    if (answer?.kind !== 'table') throw new Error('expected a table');
    expect(answer.table).toMatchObject({ format: 'tsv', encoding: 'utf-8', rowCount: 43, rejectedCount: 1 });
    const preview = await importer.choose(answer.table.choice);
    expect(preview).toMatchObject({ droppedDuplicate: 2, droppedEmptySide: 1, sources: 40, problem: null });
    expect(preview?.rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [42, 'duplicate'],
      [43, 'duplicate'],
      [44, 'empty-side'],
    ]);
    expect(importer.corpus().train.length).toBe(36);
  });

  it('asks about an encoding and takes the answer', async () => {
    const { importer } = start();
    const latin1 = Uint8Array.from(`${pairs(20)}\nété\tsummer`, (character) => character.charCodeAt(0));
    const asked = await importer.read([file('a.txt', latin1)]);
    expect(asked).toMatchObject({ kind: 'ask-encoding', fileName: 'a.txt' });
    const answer = await importer.read([file('a.txt', latin1)], 'windows-1252');
    expect(answer).toMatchObject({ kind: 'table', table: { encoding: 'windows-1252', rowCount: 21 } });
  });

  it('says why too few pairs are left, and what is wrong with a choice', async () => {
    const { importer } = start();
    const answer = await importer.read([file('few.txt', pairs(4))]);
    const choice = answer?.kind === 'table' ? answer.table.choice : null;
    if (!choice) throw new Error('expected a table');
    expect(await importer.choose(choice)).toMatchObject({ corpus: null, sources: 4 });
    await expect(importer.choose({ ...choice, target: 0 })).rejects.toThrow(CorpusFormatError);
    await expect(importer.choose({ ...choice, tokenLimit: 1000 })).rejects.toThrow(CorpusFormatError);
  });

  it('keeps what was imported before when a file can not be used or is cancelled', async () => {
    const { importer, phases } = start();
    const answer = await importer.read([file('good.txt', pairs(30))]);
    if (answer?.kind !== 'table') throw new Error('expected a table');
    await importer.choose(answer.table.choice);
    await expect(importer.read([file('bad.txt', 'one column\n')])).rejects.toThrow('two columns');
    const reading = importer.read([file('long.txt', pairs(100_000))]);
    while (!phases.includes('parsing')) await new Promise((resolve) => setTimeout(resolve));
    importer.cancel();
    expect(await reading).toBeNull();
    expect(importer.corpus().train.length).toBe(26);
  });

  it('keeps the most frequent words up to a limit, and says which are left', async () => {
    const { importer } = start();
    const answer = await importer.read([file('deck.txt', pairs(40))]);
    if (answer?.kind !== 'table') throw new Error('expected a table');
    const choice = { ...answer.table.choice, vocabularyLimit: 10 };
    const preview = await importer.choose(choice);
    expect(preview?.corpus).toMatchObject({ sourceVocabularySize: 14, targetVocabularySize: 14 });
    const { unknownSourceWords = 0, unknownSourceExamples = [], unknownSource = 0 } = preview?.corpus ?? {};
    expect(unknownSourceWords).toBe(36 + 4 - 10);
    expect(unknownSourceExamples).toHaveLength(4);
    expect(importer.corpus().sourceVocabulary.has(unknownSourceExamples[0] as string)).toBe(false);
    expect(unknownSource).toBeGreaterThan(0);
    await expect(importer.choose({ ...choice, vocabularyLimit: 1_000_000 })).rejects.toThrow(CorpusFormatError);
    expect((await importer.choose({ ...choice, vocabularyLimit: 4000 }))?.corpus?.sourceVocabularySize).toBe(44);
  });

  it('is stopped in the middle of cutting into tokens', async () => {
    const { importer, phases } = start();
    const answer = await importer.read([file('long.txt', pairs(60_000))]);
    if (answer?.kind !== 'table') throw new Error('expected a table');
    const choosing = importer.choose(answer.table.choice);
    while (!phases.includes('selecting')) await new Promise((resolve) => setTimeout(resolve));
    importer.cancel();
    expect(await choosing).toBeNull();
    expect(() => importer.corpus()).toThrow('no pairs have been chosen');
  });

  it('pairs two files by their lines', async () => {
    const { importer } = start();
    const [en, fr] = [0, 1].map((side) =>
      pairs(20)
        .split('\n')
        .map((line) => line.split('\t')[side])
        .join('\n'),
    ) as [string, string];
    const answer = await importer.read([file('a.en', en), file('a.fr', fr)]);
    expect(answer).toMatchObject({ kind: 'table', table: { fileName: 'a.en + a.fr', columns: ['a.en', 'a.fr'] } });
  });
});
