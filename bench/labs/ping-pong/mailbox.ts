/** Answers on their way to whoever listens for them: one listener at a time, and none is lost between two. */
export class Mailbox {
  readonly #waiting: string[] = [];
  #listener: ((answer: string) => void) | undefined;

  put(answer: string): void {
    const listener = this.#listener;
    this.#listener = undefined;
    if (listener === undefined) this.#waiting.push(answer);
    else listener(answer);
  }

  /** Calls `listener` with the next answer, at once if it is there. */
  next(listener: (answer: string) => void): void {
    const answer = this.#waiting.shift();
    if (answer === undefined) this.#listener = listener;
    else listener(answer);
  }

  /** The listener listens no more. */
  forget(): void {
    this.#listener = undefined;
  }
}
