/**
 * The smallest of the values that so many of them do not exceed ("nearest rank"): of few values, a high
 * percentile is the largest. Undefined of none.
 *
 * @param {readonly number[]} values
 * @param {number} percent from 0 to 100
 */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** The last so many latencies, oldest first. */
export class Recent {
  /** @type {number[]} */
  values = [];
  #limit;

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** @param {number} value */
  add(value) {
    this.values = [...this.values, value].slice(-this.#limit);
  }

  get median() {
    return percentile(this.values, 50);
  }

  get p99() {
    return percentile(this.values, 99);
  }
}

/**
 * Round numbers from 0 to at least `max`, a few of them: where an axis has its lines.
 *
 * @param {number} max
 */
export function ticks(max) {
  const rough = Math.max(max, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.ceil(Math.max(max, 1) / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(9)));
}
