/** How wide text is, with and without a browser. */

/** Width in pixels of a text at a font size in pixels. */
export type MeasureText = (text: string, fontSize: number) => number;

const NARROW = /[iljtfrI1.,'’|!:;()[\]\- ]/;
const WIDE = /[mwMW@%—]/;
const CAPITAL = /\p{Lu}/u;
const IDEOGRAPH = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;

/** A sans-serif's width to within about a tenth, a little generous; for where there is no browser to ask. */
export const approximateTextWidth: MeasureText = (text, fontSize) => {
  let em = 0;
  for (const character of text) {
    if (IDEOGRAPH.test(character)) em += 1;
    else if (NARROW.test(character)) em += 0.34;
    else if (WIDE.test(character)) em += 0.88;
    else em += CAPITAL.test(character) ? 0.7 : 0.57;
  }
  return em * fontSize;
};

/** Measures with a 2D canvas; remembers every width, because the same few hundred words come back all the time. */
export function createTextMeasurer(fontFamily: string): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return approximateTextWidth;
  const referenceSize = 16;
  context.font = `${referenceSize}px ${fontFamily}`;
  const widths = new Map<string, number>();
  return (text, fontSize) => {
    let width = widths.get(text);
    if (width === undefined) {
      width = context.measureText(text).width / referenceSize;
      widths.set(text, width);
    }
    return width * fontSize;
  };
}
