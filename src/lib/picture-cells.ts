/** Small grey pictures as cells: 4×4 pixels of four greys each, which are the 32 bits of one number. */

/** Pixels along a side of a cell. */
export const CELL_SIDE = 4;
/** Greys from 0, paper, to 3, ink. */
export const INK = 3;

/** Sides in pixels, multiples of a cell's. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/** Cells of a picture; 0 where its sides are not whole cells. */
export const cellCount = ({ height, width }: PictureSize): number =>
  height % CELL_SIDE === 0 && width % CELL_SIDE === 0 ? (height * width) / CELL_SIDE ** 2 : 0;

/** Bits that a pixel is shifted by within its cell. */
const shiftOf = (y: number, x: number): number => 2 * (CELL_SIDE * (y % CELL_SIDE) + (x % CELL_SIDE));
const cellOf = (y: number, x: number, width: number): number =>
  Math.floor(y / CELL_SIDE) * (width / CELL_SIDE) + Math.floor(x / CELL_SIDE);

/** The cells of a picture, row by row. @param levels greys [height, width], 0 to 3 */
export function packCells(levels: ArrayLike<number>, { height, width }: PictureSize): Uint32Array<ArrayBuffer> {
  const cells = new Uint32Array((height * width) / CELL_SIDE ** 2);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) cells[cellOf(y, x, width)] |= (levels[y * width + x] as number) << shiftOf(y, x);
  return cells;
}

/** The greys [height, width] of a picture. */
export function unpackCells(cells: ArrayLike<number>, { height, width }: PictureSize): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return ((cells[cellOf(y, x, width)] as number) >>> shiftOf(y, x)) & INK;
  });
}

/** Hexadecimal digits of a cell's bits. */
const DIGITS = 8;
const CELL = /^(\d+),(\d+):([0-9a-f]{8})$/;

const hex = (bits: number): string => (bits >>> 0).toString(16).padStart(DIGITS, '0');

/** A cell as a token, `row,column:bits`: rows and columns count from 1, the bits are eight hexadecimal digits. */
export const cellToken = (bits: number, place: number, columns: number): string =>
  `${Math.floor(place / columns) + 1},${(place % columns) + 1}:${hex(bits)}`;

export interface Cell {
  /** From 1. */
  readonly row: number;
  readonly column: number;
  readonly bits: number;
}

/** What a token says of a cell; null for one that is none. */
export function readCell(token: string): Cell | null {
  const [, row, column, bits] = CELL.exec(token) ?? [];
  return bits === undefined ? null : { row: Number(row), column: Number(column), bits: Number.parseInt(bits, 16) };
}

/** The bits of a cell's token; blank for what is none. A batch asks for thousands, so that this takes no token apart. */
export function cellBits(token: string): number {
  const bits = token.length > DIGITS + 1 && token.at(-DIGITS - 1) === ':' ? Number(`0x${token.slice(-DIGITS)}`) : 0;
  return Number.isNaN(bits) ? 0 : bits;
}

/** A cell of the same place without any ink. */
export const blankCell = (token: string): string => token.replace(/:.*/, `:${hex(0)}`);

/** The cells of a picture as tokens, row by row. */
export const cellTokens = (cells: ArrayLike<number>, { width }: PictureSize): string[] =>
  Array.from(cells, (bits, place) => cellToken(bits, place, width / CELL_SIDE));

/** A picture as one text: the bytes of its cells in base64 that stands in a link as it is (RFC 4648 §5). */
export function pictureText(tokens: readonly string[]): string {
  const bytes = new DataView(new ArrayBuffer(4 * tokens.length));
  tokens.forEach((token, place) => {
    bytes.setUint32(4 * place, cellBits(token), true);
  });
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The tokens of a picture that is written as one text; none where it is no picture of this size. */
export function textTokens(text: string, size: PictureSize): string[] {
  const base64 = text.trim();
  if (!/^[\w-]+$/.test(base64) || base64.length % 4 === 1) return [];
  const bytes = Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  if (bytes.length !== 4 * cellCount(size)) return [];
  const view = new DataView(bytes.buffer);
  return cellTokens(
    Array.from({ length: cellCount(size) }, (_, place) => view.getUint32(4 * place, true)),
    size,
  );
}

export interface Picture extends PictureSize {
  /** Greys [height, width]. */
  readonly levels: Uint8Array<ArrayBuffer>;
}

/** The picture that tokens are the cells of; null where they are words. */
export function pictureOf(tokens: readonly string[]): Picture | null {
  const last = readCell(tokens.at(-1) ?? '');
  if (!last || last.row * last.column !== tokens.length) return null;
  const size = { height: CELL_SIDE * last.row, width: CELL_SIDE * last.column };
  return { ...size, levels: unpackCells(tokens.map(cellBits), size) };
}
