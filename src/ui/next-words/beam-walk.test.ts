import { describe, expect, it } from 'vitest';
import type { BeamNode } from '../../training/questions.ts';
import { beamStep } from './beam-walk.ts';

const node = (
  id: number,
  parent: number | null,
  position: number,
  logProbability: number,
  isKept = true,
): BeamNode => ({
  id,
  parent,
  token: `t${id}`,
  position,
  probability: Math.exp(logProbability),
  logProbability,
  isKept,
  isEnd: false,
});
const NODES = [
  node(0, null, -1, 0),
  node(1, 0, 0, -1.2),
  node(2, 0, 0, -0.4),
  node(3, 0, 0, -0.1, false),
  node(4, 2, 1, -0.9),
  node(5, 1, 1, -1.5),
];

describe('walking a beam tree', () => {
  it('goes along to the likeliest kept word, and back to the word before', () => {
    expect(beamStep(NODES, 0, 'ArrowRight')).toBe(2);
    expect(beamStep(NODES, 2, 'ArrowRight')).toBe(4);
    expect(beamStep(NODES, 4, 'ArrowRight')).toBe(4);
    expect(beamStep(NODES, 4, 'ArrowLeft')).toBe(2);
    expect(beamStep(NODES, 0, 'ArrowLeft')).toBe(0);
  });

  it('goes across the words of a position, also to those of another parent, pruned ones last', () => {
    expect(beamStep(NODES, 2, 'ArrowDown')).toBe(1);
    expect(beamStep(NODES, 1, 'ArrowDown')).toBe(3);
    expect(beamStep(NODES, 3, 'ArrowDown')).toBe(3);
    expect(beamStep(NODES, 5, 'ArrowUp')).toBe(4);
  });

  it('jumps to both ends, leaves other keys alone, and starts over where its word is gone', () => {
    expect(beamStep(NODES, 5, 'Home')).toBe(0);
    expect(beamStep(NODES, 0, 'End')).toBe(4);
    expect(beamStep(NODES, 0, 'Tab')).toBeNull();
    expect(beamStep(NODES, 99, 'ArrowRight')).toBe(2);
    expect(beamStep([], 0, 'Home')).toBeNull();
  });
});
