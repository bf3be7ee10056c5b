import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { type Config, defaultConfig } from '../../model/config.ts';
import { MemoryVault } from '../../testing/memory-vault.ts';
import { type Checkpoint, checkpointOf } from '../checkpoint.ts';
import { Trainer } from '../trainer.ts';
import { type KeptRun, Shelf, type Slot } from './shelf.ts';

const sizes = { embedding: 2, hidden: 2, decoderHidden: 2, attention: 2, readout: 2, batch: 2 };
const config: Config = { ...defaultConfig('dates'), ...sizes };

describe('a shelf of runs', () => {
  const states: Checkpoint[] = [];
  let vault: MemoryVault;
  let shelf: Shelf;
  beforeAll(async () => {
    const executor = new ReferenceExecutor();
    const corpus = await loadCorpus(config);
    const trainer = await Trainer.open(executor, corpus, config);
    for (let i = 0; i < 3; i++) {
      trainer.submitStep();
      states.push(checkpointOf(await trainer.capture(), trainer.layout, corpus, null, null));
    }
  });
  beforeEach(() => {
    vault = new MemoryVault();
    shelf = new Shelf(vault);
  });

  async function saveAll(id = 'a', name: string | null = null): Promise<KeptRun | null> {
    let run: KeptRun | null = null;
    for (const state of states) run = (await shelf.save(id, state, run, name)).run;
    return run;
  }

  it('gives back the newest state, and keeps the one before in the other slot', async () => {
    await saveAll();
    expect((await shelf.load('a'))?.checkpoint).toEqual(states[2]);
    expect(vault.keys('slot/a/')).toEqual(['slot/a/0', 'slot/a/1']);
  });

  const damages: [string, (slot: Slot) => unknown][] = [
    ['is cut short', (slot) => ({ ...slot, bytes: slot.bytes.slice(0, -1) })],
    ['is cut to nothing', (slot) => ({ ...slot, bytes: new Uint8Array() })],
    ['is of another version', (slot) => ({ ...slot, version: 99 })],
    ['has another length', (slot) => ({ ...slot, length: slot.length + 1 })],
    ['is missing', () => undefined],
    ['is something else', () => 'text'],
  ];
  it.each(damages)('never loads a slot that %s', async (_, damage) => {
    await saveAll();
    vault.alter('slot/a/1', (slot) => damage(slot as Slot));
    expect((await shelf.load('a'))?.checkpoint).toEqual(states[1]);
    vault.alter('slot/a/0', (slot) => damage(slot as Slot));
    expect(await shelf.load('a')).toBeNull();
  });

  it('never loads a slot in which any byte has changed, and says what the other one holds', async () => {
    await saveAll();
    const { bytes } = (await vault.get('slot/a/1')) as Slot;
    for (let at = 0; at < bytes.length; at += 97) {
      vault.alter('slot/a/1', (slot) => {
        const changed = (slot as Slot).bytes.slice();
        changed[at] = (changed[at] as number) ^ 0x10;
        return { ...(slot as Slot), bytes: changed };
      });
      const found = await shelf.load('a');
      expect(found?.checkpoint.step).toBe(2);
      expect(found?.run.step).toBe(2);
      vault.alter('slot/a/1', (slot) => ({ ...(slot as Slot), bytes }));
    }
  });

  it('goes on over the slot that was torn', async () => {
    await saveAll();
    vault.alter('slot/a/1', () => undefined);
    const found = await shelf.load('a');
    await shelf.save('a', states[2] as Checkpoint, found?.run ?? null, null);
    vault.alter('slot/a/0', () => undefined);
    expect((await shelf.load('a'))?.checkpoint).toEqual(states[2]);
  });

  it('keeps what was there where there is no room for more', async () => {
    await saveAll();
    vault.isFull = true;
    await expect(shelf.save('a', states[0] as Checkpoint, await shelf.find('a'), null)).rejects.toThrow('room');
    expect((await shelf.load('a'))?.checkpoint).toEqual(states[2]);
  });

  it('renames, duplicates, deletes and brings back', async () => {
    await saveAll('a', 'first');
    await shelf.rename('a', '  one\n two ');
    await shelf.duplicate('a', 'b', 'copy');
    expect((await shelf.list()).map(({ name }) => name).toSorted()).toEqual(['copy', 'one two']);
    const deleted = await shelf.delete('a');
    expect(await shelf.load('a')).toBeNull();
    expect((await shelf.load('b'))?.checkpoint).toEqual(states[2]);
    await shelf.undelete(deleted);
    expect((await shelf.load('a'))?.checkpoint).toEqual(states[2]);
  });

  it('keeps the pairs of a visitor once, and for as long as a run is trained on them', async () => {
    const choice = { source: 0, target: 1 } as never;
    const pairs = { fileName: 'p.tsv', columns: ['', ''] as const, rows: [['a', 'b'] as const], choice };
    const own = { ...(states[0] as Checkpoint), pairs };
    await shelf.save('a', own, null, 'a');
    await shelf.save('b', own, null, 'b');
    expect(vault.keys('pairs/')).toHaveLength(1);
    await shelf.delete('a');
    expect((await shelf.load('b'))?.checkpoint.pairs).toEqual(pairs);
    const deleted = await shelf.delete('b');
    expect(vault.keys('pairs/')).toEqual([]);
    await shelf.undelete(deleted);
    expect((await shelf.load('b'))?.checkpoint.pairs).toEqual(pairs);
  });

  it('lets go of the oldest runs without a name, never of one that has one', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await saveAll(id);
    await saveAll('kept', 'kept');
    expect(await shelf.prune('a', 2)).toBe(true);
    const left = await shelf.list();
    expect(left).toHaveLength(4);
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining(['a', 'kept']));
  });
});
