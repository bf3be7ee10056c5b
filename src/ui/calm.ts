/** For eyes that asked for less motion: a picture of a running training changes once a second, not fifteen times. */

export interface Calm {
  /** Receives now, or, where calm is wanted, once the second is over. */
  readonly call: () => void;
  readonly stop: () => void;
}

export const CALM_MS = 1000;

/**
 * @param receive - takes over what is newest
 * @param isWanted - whether to be calm, asked at every call
 */
export function calmly(receive: () => void, isWanted: () => boolean): Calm {
  let receivedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    receivedAt = performance.now();
    receive();
  };
  return {
    call: () => {
      const restMs = receivedAt + CALM_MS - performance.now();
      if (restMs <= 0 || !isWanted()) now();
      else timer ??= setTimeout(now, restMs);
    },
    stop: () => clearTimeout(timer),
  };
}
