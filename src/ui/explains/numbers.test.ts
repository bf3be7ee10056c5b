import { describe, expect, it } from 'vitest';
import { normText, powerOfTen, signedText } from './numbers.ts';

describe('numbers over many powers of ten', () => {
  it('are written plainly where that is short, else with their power', () => {
    expect([0, 0.0321, 1.44, 250, 5.12e-6, 3e7].map((value) => normText(value, 'en'))).toEqual([
      '0',
      '0.032',
      '1.4',
      '250',
      '5.1 × 10⁻⁶',
      '3 × 10⁷',
    ]);
    expect([1.432, -0.0321, 5.12e-6, 0].map((value) => signedText(value, 'en'))).toEqual([
      '+1.43',
      '−0.032',
      '+5.1 × 10⁻⁶',
      '0',
    ]);
    expect([-12, 0, 3].map(powerOfTen)).toEqual(['10⁻¹²', '10⁰', '10³']);
  });
});
