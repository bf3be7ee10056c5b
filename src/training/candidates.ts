/** The likeliest words of a distribution over the vocabulary, and how open the choice between them is. */

import type { Candidate } from './questions.ts';

/** The `count` likeliest tokens by the softmax of logits [V], which stand for `tokens`, likeliest first; of equals the first. */
export function candidatesOf(logits: ArrayLike<number>, tokens: readonly string[], count: number): Candidate[] {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (best.length === count && logit <= (logits[best[count - 1] as number] as number)) continue;
    const at = best.findIndex((other) => (logits[other] as number) < logit);
    best.splice(at < 0 ? best.length : at, 0, id);
    if (best.length > count) best.pop();
  }
  const maximum = logits[best[0] as number] as number;
  let total = 0;
  for (let id = 0; id < logits.length; id++) total += Math.exp((logits[id] as number) - maximum);
  return best.map((id) => ({
    token: tokens[id] as string,
    probability: Math.exp((logits[id] as number) - maximum) / total,
  }));
}

/** −Σ p log p of the softmax of logits [V], nats. */
export function entropyOf(logits: ArrayLike<number>): number {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < logits.length; id++) maximum = Math.max(maximum, logits[id] as number);
  let [total, weighted] = [0, 0];
  for (let id = 0; id < logits.length; id++) {
    const shifted = (logits[id] as number) - maximum;
    total += Math.exp(shifted);
    weighted += Math.exp(shifted) * shifted;
  }
  return Math.log(total) - weighted / total;
}
