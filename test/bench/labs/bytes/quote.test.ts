import { expect, it } from "vitest";
import { QuoteCount, quote } from "../../../../bench/labs/bytes/quote.ts";

it("counts a quote wherever the stream is cut, and each once", () => {
  const bytes = Buffer.from(`head\r\n\r\n${quote}data: ${quote}\n\n${quote}\0tail`);
  for (let cut = 0; cut <= bytes.length; cut++) {
    let quotes = 0;
    const count = new QuoteCount(() => {
      quotes++;
    });
    count.push(bytes.subarray(0, cut));
    count.push(bytes.subarray(cut));
    expect(quotes).toBe(3);
  }
});
