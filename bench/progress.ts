/** Tells how far a run is: one line that is rewritten on a terminal, a plain line per trial elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #startedMs = performance.now();
  readonly #out: NodeJS.WriteStream;
  #done = 0;

  constructor(total: number, out: NodeJS.WriteStream = process.stderr) {
    this.#total = total;
    this.#out = out;
  }

  begin(what: string): void {
    this.show(`[${this.#done + 1}/${this.#total}] ${what}${this.#timeLeft()}`);
  }

  /** What is being done that is no trial. */
  show(what: string): void {
    if (this.#out.isTTY) this.#rewrite(what.slice(0, this.#out.columns - 1));
    else this.#out.write(`${what}\n`);
  }

  /** The trial that began last has ended; `trouble` is kept on the screen. */
  end(trouble?: string): void {
    this.#done++;
    if (trouble !== undefined) this.keep(trouble);
  }

  /** A line that stays on the screen. */
  keep(line: string): void {
    if (this.#out.isTTY) this.#rewrite("");
    this.#out.write(`${line}\n`);
  }

  finish(): void {
    if (this.#out.isTTY) this.#rewrite("");
  }

  #timeLeft(): string {
    if (this.#done === 0) return "";
    const perTrialMs = (performance.now() - this.#startedMs) / this.#done;
    return `, about ${Math.ceil((perTrialMs * (this.#total - this.#done)) / 1_000)} s left`;
  }

  #rewrite(text: string): void {
    this.#out.write(`\r\u001b[2K${text}`);
  }
}
