/** How many times per interval some of the subscribers get their beat. */
const ticksPerInterval = 16;

/**
 * Calls `beat` for each member about once per interval, a part of them at a time: a beat to ten thousand
 * subscribers at once would hold up every event behind it.
 */
export class Heartbeat<Member> {
  readonly #members = new Set<Member>();
  readonly #beat: (member: Member) => void;
  readonly #timer: NodeJS.Timeout;
  #next = this.#members.values();
  /** Beats owed to the members: one a member and interval, in parts of a beat. */
  #due = 0;

  constructor(intervalMs: number, beat: (member: Member) => void) {
    this.#beat = beat;
    this.#timer = setInterval(() => this.#tick(), intervalMs / ticksPerInterval).unref();
  }

  add(member: Member): void {
    this.#members.add(member);
  }

  delete(member: Member): void {
    this.#members.delete(member);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#due += this.#members.size / ticksPerInterval;
    for (; this.#due >= 1; this.#due--) {
      let next = this.#next.next();
      if (next.done) {
        this.#next = this.#members.values();
        next = this.#next.next();
      }
      if (next.value !== undefined) this.#beat(next.value);
    }
  }
}
