/** What the command line uses of the benchmark, in one module, so that it is loaded once. */

export { STRATEGIES } from '../engine/lowering.ts';
export { holdContest, quietOnes } from './contest.ts';
export { ENGINES } from './engines.ts';
export { MODELS } from './models.ts';
export { benchRows } from './rows.ts';
export { formatScale, SCALES, scaledModel } from './scaling.ts';
export { median } from './statistics.ts';
export { formatRows } from './table.ts';
