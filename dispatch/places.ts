/** For how many attempts there is room at once: in all, and at each target. */
export class Places {
  readonly #total: number;
  readonly #perTarget: number;
  readonly #taken = new Map<string, number>();
  #takenInAll = 0;

  constructor({ total, perTarget }: { readonly total: number; readonly perTarget: number }) {
    this.#total = total;
    this.#perTarget = perTarget;
  }

  hasRoom(target: string): boolean {
    return this.#takenInAll < this.#total && (this.#taken.get(target) ?? 0) < this.#perTarget;
  }

  /** Takes a place; the function returned, to be called once, gives it back. */
  take(target: string): () => void {
    this.#change(target, 1);
    return () => this.#change(target, -1);
  }

  #change(target: string, by: 1 | -1): void {
    this.#takenInAll += by;
    const taken = (this.#taken.get(target) ?? 0) + by;
    if (taken === 0) this.#taken.delete(target);
    else this.#taken.set(target, taken);
  }
}
