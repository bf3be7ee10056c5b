/** A thing and where it stands in its list. */
export interface Placed<T> {
  readonly item: T;
  /** From 0. */
  readonly place: number;
}

/** Items with their places, for lists in which a place is what tells one from another: the same word may stand in a sentence twice. */
export const placed = <T>(items: Iterable<T>): Placed<T>[] => Array.from(items, (item, place) => ({ item, place }));
