/** The message of every arm: as long as the stock quote of the article, `Content-Length: 21`. */
export const quote = "EXMPL 21.07 +0.25 1 s";

export const quoteBytes = Buffer.byteLength(quote);

/** Counts the quotes in what comes over a connection, however it is cut into pieces. */
export class QuoteCount {
  readonly #onQuote: () => void;
  #rest = "";

  constructor(onQuote: () => void) {
    this.#onQuote = onQuote;
  }

  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString("latin1");
    let from = 0;
    for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, from)) {
      from = at + quote.length;
      this.#onQuote();
    }
    this.#rest = text.slice(Math.max(from, text.length - quote.length + 1));
  }
}
