import type { Client } from "../../../servers/contract.ts";
import { LeanSubscriber, maxMessageBytes } from "./subscriber.ts";

/** Says `{"after":N}`, then reads messages that each end with a NUL byte. */
class TcpSubscriber extends LeanSubscriber {
  protected get endedByConnection(): string {
    return "the server closed the connection";
  }

  greet(after: number | undefined): void {
    this.write(`${JSON.stringify({ after })}\0`);
  }

  protected take(bytes: Buffer, length: number): number {
    let start = 0;
    // The shared buffer is longer than what was read: a NUL byte behind `length` is an older one.
    for (let end = bytes.indexOf(0); end !== -1 && end < length; end = bytes.indexOf(0, start)) {
      this.message(bytes, start, end);
      start = end + 1;
    }
    if (length - start > maxMessageBytes) {
      throw new Error(`expected a NUL byte within ${maxMessageBytes} bytes, got ${length - start} without`);
    }
    return start;
  }
}

/** The lean client of raw TCP. */
export const leanTcp: Client = {
  async subscribe(endpoints, options) {
    if (endpoints.tcp === undefined)
      throw new Error("expected a server with a tcp:// endpoint, got one without");
    const { hostname, port } = new URL(endpoints.tcp);
    return new Promise((resolve, reject) => {
      new TcpSubscriber(hostname, Number(port), options, { resolve, reject }).greet(options.after);
    });
  },
};
