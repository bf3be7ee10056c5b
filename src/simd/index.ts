// Everything that the executor calls. Pointers and strides are in bytes, counts in elements; the memory is imported, and what lies
// where is decided outside (`src/wasm`). The same sources make two builds, with and without relaxed SIMD.

export { contextBackward, contextForward } from './attention-context';
export {
  additiveBackward,
  additiveForward,
  productBackward,
  productForward,
  sumBackward,
  sumForward,
} from './attention-score';
export { crossEntropyBackward, crossEntropyForward } from './cross-entropy';
export {
  dropout,
  record,
  reluBackward,
  reluForward,
  repeatBackward,
  repeatForward,
  tanhBackward,
  tanhForward,
  teacherForcing,
  zero,
} from './elementwise';
export { embeddingBackward, embeddingForward } from './embedding';
export { weightedSum } from './exchange';
export { chooseToken, overrideWeights, scaleRows } from './interventions';
export { addBias, sumRows } from './linear';
export { lstmGates, lstmGatesBackward } from './lstm';
export { adam, gradNorm, sgd } from './optimizer';
export { patchesBackward, patchesForward, pixelsForward } from './picture';
export { predict } from './predict';
export { multiplyPanels, multiplyTransposed, packPanels, panelBytes } from './product';
export { softmaxBackward, softmaxForward } from './softmax';

/** Where the module's own data ends and the tensors may begin. */
export function heapBase(): usize {
  return __heap_base;
}
