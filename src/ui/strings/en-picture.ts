/** English, pictures: the pad, and attention over what is read. */

export interface PictureStrings {
  /** A source that is a picture. */
  readonly name: string;
  readonly of: (text: string) => string;
  /** A cell of the picture. */
  readonly cell: (row: number, column: number) => string;
  /** The pad, with so many strokes on it. */
  readonly pad: (strokes: number) => string;
  readonly padHint: string;
  readonly clear: string;
  readonly undo: string;
  readonly digits: string;
  readonly digitsExample: string;
  readonly digitsHint: string;
  readonly write: string;
  /** The large picture, as it is walked through. */
  readonly walk: string;
  readonly allSteps: string;
  readonly step: (step: number, symbol: string) => string;
  readonly steps: string;
  readonly stepButton: (step: number, symbol: string, probability: string) => string;
  readonly grid: string;
  /** Where nothing is lit. */
  readonly rest: string;
  readonly noReference: string;
}

export const enPicture: PictureStrings = {
  name: 'the picture',
  of: (text) => `picture of ${text}`,
  cell: (row, column) => `row ${row}, column ${column}`,
  pad: (strokes) =>
    `Your drawing, ${strokes === 0 ? 'still empty' : strokes === 1 ? '1 stroke' : `${strokes} strokes`}`,
  padHint: 'Draw three to six digits here',
  clear: 'Clear',
  undo: 'Undo stroke',
  digits: 'Digits to be written by hand',
  digitsExample: 'or type: 4821',
  digitsHint: 'Up to six digits. They are written by hand, each time a little differently, and read.',
  write: 'Write',
  walk: 'Attention over the picture. Arrow keys walk from cell to cell, Page Up and Page Down from symbol to symbol, Enter opens a cell.',
  allSteps: 'All symbols: the largest weight on each cell. Rest on a symbol to see where it was read.',
  step: (step, symbol) => `Symbol ${step}, ‘${symbol}’: where it was read`,
  steps: 'Where each symbol was read',
  stepButton: (step, symbol, probability) => `symbol ${step}: ${symbol}, probability ${probability}`,
  grid: 'Grid',
  rest: 'Rest on the picture or on a symbol. A click opens the cell.',
  noReference: 'Nobody knows what is written here but you.',
};
