/** Every message, either way, ends with a NUL byte, as in Flash's XMLSocket. */
export const nul = Buffer.from([0]);

/**
 * Cuts a stream of bytes into NUL-terminated messages. Throws `RangeError` when one is longer than
 * `maxBytes`.
 */
export class NulFrames {
  readonly #maxBytes: number;
  #rest: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The messages that `chunk` completes, without their NUL. */
  *push(chunk: Buffer): Generator<Buffer> {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let end = data.indexOf(0); end !== -1; end = data.indexOf(0)) {
      yield data.subarray(0, end);
      data = data.subarray(end + 1);
    }
    if (data.length > this.#maxBytes) {
      throw new RangeError(`expected a NUL byte within ${this.#maxBytes} bytes, got ${data.length} without`);
    }
    this.#rest = data;
  }
}
