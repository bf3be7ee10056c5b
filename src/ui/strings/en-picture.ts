/** English, pictures: the pad, and attention over what is read. */

import { convolutionFormula, scoreFormula } from './formulas.ts';
import type { SchematicStage, StageText, Strings } from './strings.ts';

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
  /** Where attention can be edited. */
  readonly paintHint: string;
  readonly noReference: string;
  /** The stages of the schematic that are others than those of words. */
  readonly stages: Readonly<Partial<Record<SchematicStage, StageText>>>;
  /** Terms that mean something else over a picture. */
  readonly terms: Readonly<Pick<Strings['terms'], 'alignmentError' | 'exactMatch' | 'goldAlignment'>>;
  /** Why a setting of recurrent encoders can't be changed. */
  readonly lock: string;
  /** Covering cells, in the panel of what-ifs. */
  readonly cover: {
    readonly title: string;
    readonly hint: string;
    readonly walk: string;
    readonly covered: (cell: string) => string;
    readonly open: (cell: string) => string;
    readonly uncover: string;
  };
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
  paintHint:
    'Drag over cells, and the symbol read there looks at these and no other; a pinned symbol is the one that is changed.',
  noReference: 'Nobody knows what is written here but you.',
  stages: {
    source: {
      label: 'picture',
      formula: () => '',
      forward: 'A grey picture comes in: 64 by 16 pixels in cells of 4 by 4.',
      backward: 'Pixels are not trained; the way back ends at the first convolution.',
    },
    embed: {
      label: 'pixels',
      formula: () => 'x = [grey, u, v]',
      forward: 'Each pixel becomes three numbers: its grey, and where in the picture it is.',
      backward: 'Nothing is learned here.',
    },
    encode: {
      label: 'encoder',
      formula: convolutionFormula,
      forward: '3×3 convolutions, two of which halve the picture, leave one state for each cell.',
      backward: 'The gradient of each cell spreads over the pixels that it was made of.',
    },
    score: {
      label: 'score',
      formula: scoreFormula,
      forward: 'Each cell gets a number: how well it fits now.',
      backward: 'How each score would have to change.',
    },
    target: {
      label: 'symbols',
      formula: () => 'p(symbol) = softmax(readout)',
      forward: 'The most probable symbol is written and fed back.',
      backward: 'The surprise at the right symbol: here the gradient begins.',
    },
  },
  terms: {
    alignmentError: {
      label: 'Alignment error',
      sentence:
        'The share of symbols whose strongest cell lies outside of the symbol: 0 % when each is read where it stands.',
    },
    exactMatch: {
      label: 'Exact match',
      sentence: 'The share of held-out pictures of which every symbol is read right.',
    },
    goldAlignment: {
      label: 'gold link',
      sentence: 'The outlined cells: the program that drew the picture knows that this symbol covers them.',
    },
  },
  lock: 'A picture is not read in a direction.',
  cover: {
    title: 'Cover cells',
    hint: 'Click a cell to cover it with paper; click again to uncover it.',
    walk: 'Cells of the picture. Arrow keys walk, Enter covers or uncovers.',
    covered: (cell) => `${cell}, covered`,
    open: (cell) => cell,
    uncover: 'Uncover all',
  },
};
