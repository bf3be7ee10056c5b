/** Logical processors, as the browser tells them; 1 where it does not. */
export const processorCount = (): number =>
  typeof navigator === 'undefined' ? 1 : (navigator.hardwareConcurrency ?? 1);
