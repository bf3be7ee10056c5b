/** Formulas set as formulas, from a short notation: MathML on lines of their own, plain markup within a line. */

import { createElement, Fragment, type ReactNode } from 'react';

/** A formula's tree, as the notation gives it. */
type Part =
  | { readonly kind: 'group'; readonly parts: readonly Part[] }
  | { readonly kind: 'identifier' | 'number' | 'operator' | 'name'; readonly text: string }
  | { readonly kind: 'script'; readonly base: Part; readonly below: Part | null; readonly above: Part | null }
  | { readonly kind: 'fraction'; readonly over: Part; readonly under: Part }
  | { readonly kind: 'root'; readonly of: Part };

const TOKENS = /\\(frac|sqrt)|[a-zA-Z]{2,}|\p{L}′?|\d+(?:\.\d+)?|[{}_^]|\S/gu;

/**
 * Reads the notation: letters are variables, longer words are functions, `_` and `^` set the next letter, number or `{…}` below or
 * above, `\frac{…}{…}` and `\sqrt{…}` do what they say, everything else is an operator. Limits of Σ stand under it.
 */
export function parseFormula(text: string): readonly Part[] {
  const tokens = [...text.matchAll(TOKENS)].map(([token]) => token);
  let next = 0;
  const atom = (): Part => {
    const token = tokens[next++] ?? '';
    if (token === '{') return { kind: 'group', parts: sequence('}') };
    if (token === '\\frac') return { kind: 'fraction', over: atom(), under: atom() };
    if (token === '\\sqrt') return { kind: 'root', of: atom() };
    if (/^\d/.test(token)) return { kind: 'number', text: token };
    if (/^[a-zA-Z]{2,}$/.test(token)) return { kind: 'name', text: token };
    if (/^\p{L}/u.test(token) && token !== 'Σ') return { kind: 'identifier', text: token };
    return { kind: 'operator', text: token };
  };
  const sequence = (end: string | null): Part[] => {
    const parts: Part[] = [];
    while (next < tokens.length && tokens[next] !== end) {
      const base = atom();
      let [below, above]: [Part | null, Part | null] = [null, null];
      while (tokens[next] === '_' || tokens[next] === '^') {
        if (tokens[next++] === '_') below = atom();
        else above = atom();
      }
      parts.push(below || above ? { kind: 'script', base, below, above } : base);
    }
    next++;
    return parts;
  };
  return sequence(null);
}

function draw(part: Part, key?: number): ReactNode {
  const element = (name: string, ...children: ReactNode[]): ReactNode => createElement(name, { key }, ...children);
  switch (part.kind) {
    case 'group':
      return element('mrow', ...part.parts.map(draw));
    case 'identifier':
      // With its prime inside, a letter would no longer stand in italics.
      return part.text.endsWith('′')
        ? element('msup', createElement('mi', null, part.text.slice(0, -1)), createElement('mo', null, '′'))
        : element('mi', part.text);
    case 'name':
      return createElement('mi', { key, mathvariant: 'normal' }, part.text);
    case 'number':
      return element('mn', part.text);
    case 'operator':
      return element('mo', part.text === 'Σ' ? '∑' : part.text);
    case 'fraction':
      return element('mfrac', draw(part.over), draw(part.under));
    case 'root':
      return element('msqrt', draw(part.of));
    case 'script': {
      const isSum = part.base.kind === 'operator' && part.base.text === 'Σ';
      const children = [part.base, part.below, part.above].flatMap((child) => (child ? [draw(child)] : []));
      if (part.below && part.above) return element(isSum ? 'munderover' : 'msubsup', ...children);
      return element(part.below ? (isSum ? 'munder' : 'msub') : isSum ? 'mover' : 'msup', ...children);
    }
  }
}

/** The same in plain markup: what stands in a line or heads a column has neither fractions nor limits. */
function drawInline(part: Part, key?: number): ReactNode {
  switch (part.kind) {
    case 'group':
      return <Fragment key={key}>{part.parts.map(drawInline)}</Fragment>;
    case 'identifier':
      return <i key={key}>{part.text}</i>;
    case 'operator':
      return <Fragment key={key}>{/[−+=·/⊙]/.test(part.text) ? ` ${part.text} ` : part.text}</Fragment>;
    case 'script':
      return (
        <Fragment key={key}>
          {drawInline(part.base)}
          {part.below && <sub>{drawInline(part.below)}</sub>}
          {part.above && <sup>{drawInline(part.above)}</sup>}
        </Fragment>
      );
    case 'fraction':
      return (
        <Fragment key={key}>
          {drawInline(part.over)} / {drawInline(part.under)}
        </Fragment>
      );
    case 'root':
      return <Fragment key={key}>√{drawInline(part.of)}</Fragment>;
    default:
      return <Fragment key={key}>{part.text}</Fragment>;
  }
}

/** One formula in a line, or on a line of its own with `isBlock`. */
export function Formula({ text, isBlock = false }: { readonly text: string; readonly isBlock?: boolean }) {
  const parts = parseFormula(text);
  if (!isBlock) return <span className="math inline">{parts.map(drawInline)}</span>;
  return createElement(
    'math',
    { className: 'math', display: 'block' },
    createElement('mrow', null, ...parts.map((part) => draw(part))),
  );
}
