import { expect, it } from 'vitest';
import { assertNever } from './assert-never.ts';

it('assertNever says which value came to a place that the types rule out', () => {
  expect(() => assertNever({ type: 'jump' } as never)).toThrow('unexpected value: {"type":"jump"}');
});
