import type { Duplex } from "node:stream";

/** What comes over a connection, to be taken piece by piece, in order, by one taker. */
export class Incoming {
  readonly #stream: Duplex;
  #held: Buffer = Buffer.alloc(0);
  #look = (): void => {};
  #fail = (_reason: Error): void => {};
  #over: Error | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on("data", (chunk: Buffer) => {
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
      this.#look();
    });
    const over = (reason: string) => {
      this.#over ??= new Error(reason);
      this.#fail(this.#over);
    };
    stream.on("error", (error) => over(error.message));
    stream.on("close", () => over("the connection was closed"));
  }

  /** Takes as many bytes as `lengthOf` says, once it says so; rejects if the connection ends before. */
  take(what: string, lengthOf: (held: Buffer) => number | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const failed = (reason: Error) =>
        reject(new Error(`expected ${what}, got ${this.#held.length} bytes and then: ${reason.message}`));
      this.#look = () => {
        const length = lengthOf(this.#held);
        if (length === undefined || this.#held.length < length) return;
        this.#look = () => {};
        this.#fail = () => {};
        const taken = this.#held.subarray(0, length);
        this.#held = this.#held.subarray(length);
        resolve(taken);
      };
      this.#fail = failed;
      this.#look();
      if (this.#over !== undefined) this.#fail(this.#over);
    });
  }

  write(bytes: Buffer): void {
    this.#stream.write(bytes);
  }
}
