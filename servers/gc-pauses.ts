import { type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";

/** Counts the pauses of this thread for garbage collection, from when it is made. */
export class GcPauses {
  #count = 0;
  #totalMs = 0;
  readonly #observer = new PerformanceObserver((list) => this.#add(list.getEntries()));

  constructor() {
    this.#observer.observe({ entryTypes: ["gc"] });
  }

  read(): { readonly count: number; readonly totalMs: number } {
    // What the observer knows and has not yet been called for.
    this.#add(this.#observer.takeRecords());
    return { count: this.#count, totalMs: this.#totalMs };
  }

  #add(entries: readonly PerformanceEntry[]): void {
    this.#count += entries.length;
    for (const { duration } of entries) this.#totalMs += duration;
  }
}
