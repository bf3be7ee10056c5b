/**
 * Builds an ONNX model: nodes on named values, weights, and the protocol buffers that they are written as.
 * Field numbers are those of onnx.proto (github.com/onnx/onnx, IR version 7).
 */

import { ProtoWriter } from '../../lib/protobuf.ts';

/** The first operator set in which Softmax, Squeeze and Unsqueeze are as they are today; onnxruntime reads it from version 1.5. */
export const OPSET = 13;
const IR_VERSION = 7;

/** TensorProto.DataType. */
const ELEMENT = { float32: 1, int32: 6, int64: 7 } as const;
export type ElementType = keyof typeof ELEMENT;
/** AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A size, or the name of one that is free. */
export type Dimension = number | string;
export type Attribute = number | string | readonly number[] | { readonly float: number };

interface TypedValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

/** A graph in the making. Values are known by their names; a node may read only what was made before it. */
export class OnnxGraph {
  readonly #nodes: ProtoWriter[] = [];
  readonly #weights = new Map<string, ProtoWriter>();
  readonly #inputs: TypedValue[] = [];
  readonly #outputs: TypedValue[] = [];
  readonly #known = new Set<string>(['']);
  #count = 0;

  /** @param description - one paragraph for people who look at the file */
  constructor(
    private readonly name: string,
    private readonly description: string,
  ) {}

  /** Declares an input of the graph and returns its name. */
  input(name: string, type: ElementType, ...shape: readonly Dimension[]): string {
    this.#inputs.push({ name, type, shape });
    return this.#define(name);
  }

  /** Gives a value the name of an output. */
  output(name: string, value: string, type: ElementType, ...shape: readonly Dimension[]): void {
    this.#append('Identity', [value], [this.#define(name)], {});
    this.#outputs.push({ name, type, shape });
  }

  /** Float32 numbers that come with the model; the same name gives the same ones. */
  weight(name: string, shape: readonly number[], data: ArrayLike<number>): string {
    if (this.#weights.has(name)) return name;
    const values = Float32Array.from(data);
    this.#weights.set(name, tensor(name, 'float32', shape, new Uint8Array(values.buffer)));
    return this.#define(name);
  }

  /** Whole numbers as a tensor of one dimension, or as a scalar. */
  integers(value: number | readonly number[]): string {
    const list = typeof value === 'number' ? [value] : value;
    const name = `const.${typeof value === 'number' ? 'scalar.' : ''}${list.join('_')}`;
    if (this.#weights.has(name)) return name;
    const data = BigInt64Array.from(list, BigInt);
    const shape = typeof value === 'number' ? [] : [list.length];
    this.#weights.set(name, tensor(name, 'int64', shape, new Uint8Array(data.buffer)));
    return this.#define(name);
  }

  /** Appends a node with one output and returns the name of that. An empty name among the inputs is one left out. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const [name] = this.nodes(op, 1, inputs, attributes) as [string];
    return name;
  }

  /** Appends a node with so many outputs and returns their names. */
  nodes(
    op: string,
    outputs: number,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string[] {
    const stem = `${op.toLowerCase()}.${this.#count}`;
    const names = Array.from({ length: outputs }, (_, i) => this.#define(outputs === 1 ? stem : `${stem}.${i}`));
    this.#append(op, inputs, names, attributes);
    return names;
  }

  /** The file, with the given texts for whoever opens it. */
  encode(metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
    const graph = new ProtoWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.bytes(2, this.name);
    for (const weight of this.#weights.values()) graph.message(5, weight);
    graph.bytes(10, this.description);
    for (const value of this.#inputs) graph.message(11, valueInfo(value));
    for (const value of this.#outputs) graph.message(12, valueInfo(value));
    const model = new ProtoWriter()
      .integer(1, IR_VERSION)
      .bytes(2, 'Heed')
      .bytes(6, this.description)
      .message(7, graph)
      .message(8, new ProtoWriter().bytes(1, '').integer(2, OPSET));
    for (const [key, value] of Object.entries(metadata))
      model.message(14, new ProtoWriter().bytes(1, key).bytes(2, value));
    return model.finish();
  }

  #define(name: string): string {
    if (this.#known.has(name)) throw new Error(`onnx: ${name} is defined already`);
    this.#known.add(name);
    return name;
  }

  #append(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    const node = new ProtoWriter();
    for (const input of inputs) {
      if (!this.#known.has(input)) throw new Error(`onnx: ${op} reads ${input}, which nothing made`);
      node.bytes(1, input);
    }
    for (const output of outputs) node.bytes(2, output);
    node.bytes(3, `${op}_${this.#count++}`).bytes(4, op);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.#nodes.push(node);
  }
}

function tensor(name: string, type: ElementType, shape: readonly number[], raw: Uint8Array): ProtoWriter {
  const writer = new ProtoWriter();
  for (const size of shape) writer.integer(1, size);
  // Raw data is little-endian, as typed arrays are wherever there is a browser with WebAssembly or WebGPU.
  return writer.integer(2, ELEMENT[type]).bytes(8, name).bytes(9, raw);
}

function attribute(name: string, value: Attribute): ProtoWriter {
  const writer = new ProtoWriter().bytes(1, name);
  if (typeof value === 'number') return writer.integer(3, value).integer(20, ATTRIBUTE.int);
  if (typeof value === 'string') return writer.bytes(4, value).integer(20, ATTRIBUTE.string);
  if ('float' in value) return writer.float(2, value.float).integer(20, ATTRIBUTE.float);
  for (const item of value) writer.integer(8, item);
  return writer.integer(20, ATTRIBUTE.ints);
}

function valueInfo({ name, type, shape }: TypedValue): ProtoWriter {
  const dimensions = new ProtoWriter();
  for (const size of shape)
    dimensions.message(
      1,
      typeof size === 'number' ? new ProtoWriter().integer(1, size) : new ProtoWriter().bytes(2, size),
    );
  const tensorType = new ProtoWriter().integer(1, ELEMENT[type]).message(2, dimensions);
  return new ProtoWriter().bytes(1, name).message(2, new ProtoWriter().message(1, tensorType));
}
