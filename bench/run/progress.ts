import { TimeLeft, type Work } from "./time-left.ts";

/** A piece of work, and how people call it. */
export interface NamedWork extends Work {
  readonly title: string;
}

/** Tells how far a run is: one line that is rewritten on a terminal, a plain line per piece elsewhere. */
export class Progress {
  readonly #work: readonly NamedWork[];
  readonly #out: NodeJS.WriteStream;
  readonly #timeLeft = new TimeLeft();
  #next: number;
  #begunMs = 0;
  #line = "";

  /** Of all the work, `done` pieces are done already. */
  constructor(work: readonly NamedWork[], done = 0, out: NodeJS.WriteStream = process.stderr) {
    this.#work = work;
    this.#next = done;
    this.#out = out;
  }

  /** The next piece begins. */
  begin(): void {
    this.#begunMs = performance.now();
    const title = this.#work[this.#next]?.title ?? "";
    this.#show(`[${this.#next + 1}/${this.#work.length}] ${title}`, this.#ahead);
  }

  /** Before the next piece, something that is not counted with them but takes time: a calibration. */
  prepare(work: NamedWork): void {
    this.#show(work.title, [work, ...this.#ahead]);
  }

  /** The piece that began last is in this phase now; shown on a terminal only. */
  phase(name: string): void {
    if (this.#out.isTTY) this.#rewrite(`${this.#line}: ${name}`);
  }

  /** The piece that began last has ended. */
  end(): void {
    const work = this.#work[this.#next];
    if (work !== undefined) this.#timeLeft.done(work, performance.now() - this.#begunMs);
    this.#next++;
  }

  /** Keeps a line on the screen. */
  keep(text: string): void {
    this.clear();
    this.#out.write(`${text}\n`);
  }

  /** Takes the line that is rewritten off the screen. */
  clear(): void {
    if (this.#out.isTTY) this.#rewrite("");
  }

  get #ahead(): readonly NamedWork[] {
    return this.#work.slice(this.#next);
  }

  #show(what: string, ahead: readonly NamedWork[]): void {
    const seconds = Math.ceil(this.#timeLeft.ofMs(ahead) / 1_000);
    this.#line = `${what}, about ${formatSeconds(seconds)} left`;
    if (this.#out.isTTY) this.#rewrite(this.#line);
    else this.#out.write(`${this.#line}\n`);
  }

  #rewrite(text: string): void {
    this.#out.write(`\r\u001b[2K${text.slice(0, this.#out.columns - 1)}`);
  }
}

/** `12 s`, `3 min`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
