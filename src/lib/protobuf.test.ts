import { expect, test } from 'vitest';
import { ProtoWriter } from './protobuf.ts';

const hex = (writer: ProtoWriter): string => Buffer.from(writer.finish()).toString('hex');

test('writes the examples of the format', () => {
  // protobuf.dev, Encoding: `a` = 150; `b` = "testing"; an embedded message with `a` = 150.
  expect(hex(new ProtoWriter().integer(1, 150))).toBe('089601');
  expect(hex(new ProtoWriter().bytes(2, 'testing'))).toBe('120774657374696e67');
  expect(hex(new ProtoWriter().message(3, new ProtoWriter().integer(1, 150)))).toBe('1a03089601');
});

test('writes negative numbers in ten bytes, floats in four, and fields beyond 15 with a longer tag', () => {
  expect(hex(new ProtoWriter().integer(1, -2))).toBe('08feffffffffffffffff01');
  expect(hex(new ProtoWriter().float(2, 1))).toBe('150000803f');
  expect(hex(new ProtoWriter().integer(20, 7))).toBe('a00107');
});

test('measures texts in bytes', () => {
  expect(hex(new ProtoWriter().bytes(1, 'é'))).toBe('0a02c3a9');
});
