/** Cuts WGSL into coloured pieces, line by line: enough to read by, no parser. */

export type TokenKind = 'plain' | 'comment' | 'keyword' | 'type' | 'number' | 'attribute' | 'builtin';

export interface WgslToken {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS =
  'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let loop override requires return struct switch true var while';
const TYPES =
  'bool f16 f32 i32 u32 vec2 vec3 vec4 vec2f vec3f vec4f vec2i vec3i vec4i vec2u vec3u vec4u mat2x2f mat3x3f mat4x4f array atomic ptr';
const BUILTINS =
  'abs arrayLength atomicAdd bitcast clamp dot exp exp2 fma floor inverseSqrt log log2 max min pow quadSwapDiagonal quadSwapX quadSwapY select sign sqrt step storageBarrier tanh workgroupBarrier';

const KINDS = new Map<string, TokenKind>([
  ...KEYWORDS.split(' ').map((word) => [word, 'keyword'] as const),
  ...TYPES.split(' ').map((word) => [word, 'type'] as const),
  ...BUILTINS.split(' ').map((word) => [word, 'builtin'] as const),
]);

const TOKEN =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<attribute>@\w+)|(?<word>[A-Za-z_]\w*)|(?<number>0[xX][\da-fA-F]+[iu]?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fhiu]?)/g;

/** The tokens of a line; together they are the line. Neighbours of one kind are one token. */
export function tokenize(line: string): WgslToken[] {
  const tokens: WgslToken[] = [];
  const push = (kind: TokenKind, text: string): void => {
    if (text === '') return;
    const last = tokens.at(-1);
    if (last?.kind === kind) tokens[tokens.length - 1] = { kind, text: last.text + text };
    else tokens.push({ kind, text });
  };
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    push('plain', line.slice(end, match.index));
    const { comment, attribute, number } = match.groups as Record<string, string | undefined>;
    const [text] = match;
    if (comment) push('comment', text);
    else if (attribute) push('attribute', text);
    else if (number) push('number', text);
    else push(KINDS.get(text) ?? 'plain', text);
    end = match.index + text.length;
  }
  push('plain', line.slice(end));
  return tokens;
}

/** Index of the line that an entry point begins on; -1 where there is none. */
export const entryLine = (lines: readonly string[], entry: string): number =>
  lines.findIndex((line) => new RegExp(`\\bfn ${entry}\\b`).test(line));
