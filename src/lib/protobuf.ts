/** Writes messages in the protocol buffers wire format (protobuf.dev, Encoding): fields in the order in which they are added. */

const WIRE = { varint: 0, bytes: 2, fixed32: 5 } as const;

const encoder = new TextEncoder();

/** One message. Fields that are added twice are repeated ones. */
export class ProtoWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** An int32, int64 or enum; negative numbers take ten bytes, as the format has it. */
  integer(field: number, value: number): this {
    return this.#tag(field, WIRE.varint).#varint(BigInt.asUintN(64, BigInt(value)));
  }

  /** A float. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#tag(field, WIRE.fixed32).#push(bytes);
  }

  /** A string, or bytes. */
  bytes(field: number, value: string | Uint8Array): this {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    return this.#tag(field, WIRE.bytes).#varint(BigInt(bytes.length)).#push(bytes);
  }

  /** A message within this one. */
  message(field: number, value: ProtoWriter): this {
    this.#tag(field, WIRE.bytes).#varint(BigInt(value.#length));
    for (const part of value.#parts) this.#push(part);
    return this;
  }

  /** The bytes of the message so far. */
  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  #tag(field: number, wire: number): this {
    return this.#varint(BigInt((field << 3) | wire));
  }

  /** Seven bits a byte, the lowest first; all but the last byte have their highest bit set. */
  #varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    return this.#push(Uint8Array.from(bytes));
  }

  #push(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}
