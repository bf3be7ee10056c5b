/** Edits as the text of a link, such as `a2_0-500-500*w3_chien*s1*x_attention*t_2`. */

import { MODEL_PARTS, type ModelPart } from '../training/questions.ts';
import { type Edits, isUntouched, MAX_TEMPERATURE, MIN_TEMPERATURE, NO_EDITS } from './edits.ts';

/** Weights are written in thousandths. */
const SCALE = 1000;
const MAX_TEXT = 6000;
const MAX_WORD = 60;

/** Also what separates items and their values is escaped. */
const escapeWord = (word: string): string => encodeURIComponent(word).replaceAll('*', '%2A').replaceAll('_', '%5F');

/** Empty where nothing is changed. */
export function printEdits({ attention, words, source, off, temperature }: Edits): string {
  return [
    ...Object.entries(attention).map(
      ([position, row]) => `a${position}_${row.map((weight) => Math.round(weight * SCALE)).join('-')}`,
    ),
    ...Object.entries(words).map(([position, word]) => `w${position}_${escapeWord(word)}`),
    ...Object.entries(source).map(([place, word]) => `s${place}${word === null ? '' : `_${escapeWord(word)}`}`),
    ...off.map((part) => `x_${part}`),
    ...(temperature === 1 ? [] : [`t_${temperature}`]),
  ].join('*');
}

/** Null for a text that means nothing. */
export function parseEdits(text: string): Edits | null {
  if (text.length > MAX_TEXT) return null;
  let edits: Edits = NO_EDITS;
  for (const item of text === '' ? [] : text.split('*')) {
    const [, kind, place, value] = /^([awsxt])(\d{0,3})(?:_(.*))?$/.exec(item) ?? [];
    const next = kind === undefined ? null : withItem(edits, kind, place, value);
    if (!next) return null;
    edits = next;
  }
  return isUntouched(edits) ? NO_EDITS : edits;
}

function withItem(edits: Edits, kind: string, place: string, value: string | undefined): Edits | null {
  if (kind === 'x') {
    const part = MODEL_PARTS.find((name: ModelPart) => name === value);
    return part && place === '' ? { ...edits, off: [...edits.off.filter((other) => other !== part), part] } : null;
  }
  if (kind === 't') {
    const temperature = Number(value);
    const isInside = value !== '' && temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE;
    return isInside && place === '' ? { ...edits, temperature } : null;
  }
  if (place === '') return null;
  if (kind === 'a') {
    const row = parseRow(value ?? '');
    return row && { ...edits, attention: { ...edits.attention, [place]: row } };
  }
  const word = value === undefined ? null : parseWord(value);
  if (word === undefined || (kind === 'w' && word === null)) return null;
  if (kind === 's') return { ...edits, source: { ...edits.source, [place]: word } };
  return { ...edits, words: { ...edits.words, [place]: word as string } };
}

function parseRow(text: string): readonly number[] | null {
  if (!/^\d{1,4}(-\d{1,4})*$/.test(text)) return null;
  const weights = text.split('-').map(Number);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : null;
}

function parseWord(text: string): string | undefined {
  try {
    const word = decodeURIComponent(text);
    return word !== '' && word.length <= MAX_WORD ? word : undefined;
  } catch {
    return undefined;
  }
}
