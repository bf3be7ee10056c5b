/** The golden cases, computed by PyTorch in float64. */

import { type CaseFile, parseCase } from './case-file.ts';

const files = import.meta.glob('./golden/*.json', { eager: true, import: 'default' });

export const GOLDEN_CASES: readonly CaseFile[] = Object.values(files).map(parseCase);
