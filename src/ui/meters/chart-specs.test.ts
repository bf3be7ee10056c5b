import { expect, it } from 'vitest';
import { chartsFor, type Measured } from './chart-specs.ts';

const namesFor = (measured: Measured): string[] => chartsFor(measured).map(({ name }) => name);

it.each([
  ['translator', 'alignmentError'],
  ['reader', 'alignmentError'],
  ['classifier', 'decidingWord'],
] as const)('says where a %s looks, as far as it is known where it should: %s', (family, name) => {
  expect(namesFor({ family, hasGold: true, hasAttention: true })).toContain(name);
  expect(namesFor({ family, hasGold: false, hasAttention: true })).not.toContain(name);
  expect(namesFor({ family, hasGold: true, hasAttention: false })).not.toContain(name);
});

it('draws at most one of the two', () => {
  for (const family of ['translator', 'reader', 'classifier'] as const) {
    const names = namesFor({ family, hasGold: true, hasAttention: true });
    expect(names.filter((name) => name === 'alignmentError' || name === 'decidingWord')).toHaveLength(1);
  }
});
