/** English words of the panel that opens an LSTM step. Numbers come in already printed. */

export interface LstmStrings {
  readonly layer: string;
  readonly encoderLayer: (layer: number, direction: 'forward' | 'backward' | null) => string;
  readonly decoder: string;
  readonly unit: string;
  readonly unitOf: (unit: number, units: number) => string;
  readonly position: string;
  readonly noWords: string;
  readonly directionOff: string;
  readonly misfit: string;
  readonly drawing: (unit: number, word: string, c: string, h: string) => string;
  readonly gates: Readonly<Record<'i' | 'f' | 'g' | 'o', string>>;
  readonly quantities: Readonly<Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h', string>>;
  readonly step: string;
  readonly parts: string;
  readonly partsHint: string;
  readonly gate: string;
  readonly input: string;
  readonly recurrent: string;
  readonly context: string;
  readonly bias: string;
  readonly sum: string;
  readonly value: string;
  readonly states: string;
  readonly overTime: string;
  readonly overTimeHint: string;
  readonly series: (quantity: string, values: string) => string;
  readonly allUnits: string;
  readonly allUnitsHint: string;
  readonly quantity: string;
  readonly map: (quantity: string, units: number, words: number, limit: string) => string;
  readonly mapCell: (unit: number, word: string, value: string) => string;
  readonly fromTo: (limit: string) => string;
  /** Button at the schematic. */
  readonly openLstm: string;
}

export const enLstm: LstmStrings = {
  layer: 'Layer',
  encoderLayer: (layer, direction) => `Encoder ${layer}${direction === null ? '' : `, ${direction}`}`,
  decoder: 'Decoder',
  unit: 'Unit',
  unitOf: (unit, units) => `${unit} of ${units}`,
  position: 'Word',
  noWords: 'The model stops at once: there is no target word to look at.',
  directionOff:
    'This encoder direction is switched off: its states are replaced by zeros after they are computed, so one step does not follow from the step before.',
  misfit: 'These numbers do not belong together: the scene was changed while they were asked for.',
  drawing: (unit, word, c, h) => `LSTM cell, unit ${unit} at ‘${word}’: cell state ${c}, hidden state ${h}`,
  gates: { i: 'input gate', f: 'forget gate', g: 'candidate', o: 'output gate' },
  quantities: {
    i: 'input gate i',
    f: 'forget gate f',
    g: 'candidate g',
    o: 'output gate o',
    c: 'cell state c',
    h: 'hidden state h',
  },
  step: 'One step of one unit',
  parts: 'What each gate adds up',
  partsHint: 'Products of the unit’s weights with the word, the state before and the context; then σ, or tanh for g.',
  gate: 'gate',
  input: 'word',
  recurrent: 'state before',
  context: 'context',
  bias: 'bias',
  sum: 'sum',
  value: 'value',
  states: 'Cell and hidden state',
  overTime: 'This unit over time',
  overTimeHint: 'Gates run from 0 to 1, the others around 0.',
  series: (quantity, values) => `${quantity}: ${values}`,
  allUnits: 'All units over time',
  allUnitsHint: 'Choose a cell to open its unit at its word.',
  quantity: 'Shown',
  map: (quantity, units, words, limit) =>
    `${quantity} of ${units} units over ${words} words, from −${limit} to ${limit}`,
  mapCell: (unit, word, value) => `unit ${unit} at ‘${word}’: ${value}`,
  fromTo: (limit) => `−${limit} to ${limit}`,
  openLstm: 'Open an LSTM step',
};
