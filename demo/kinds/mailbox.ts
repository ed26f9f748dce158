/** What came, and when by `performance.now()`. */
export interface Arrival<T> {
  readonly value: T;
  readonly at: number;
}

/** What comes, in its order, to be awaited one by one. */
export class Mailbox<T> {
  readonly #here: Arrival<T>[] = [];
  #onArrival = () => {};

  put(value: T): void {
    this.#here.push({ value, at: performance.now() });
    this.#onArrival();
  }

  async next(): Promise<Arrival<T>> {
    for (;;) {
      const arrival = this.#here.shift();
      if (arrival) return arrival;
      await new Promise<void>((resolve) => {
        this.#onArrival = resolve;
      });
    }
  }
}
