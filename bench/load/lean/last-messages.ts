import { isUtf8 } from "node:buffer";
import type { EndReason, Event, Gap } from "../../../servers/contract.ts";

/** A message that is no event: an object with the notice's name as its key. */
export interface Notice {
  readonly hello?: { readonly cursor: number };
  readonly gap?: Gap;
  readonly bye?: { readonly reason: EndReason };
}

type Message = Event | Notice;

/** Messages remembered: as many as one read of a socket is likely to hold. */
const remembered = 8;

/** Longest message remembered; a longer one costs more to keep than it happens to be seen. */
const rememberedBytes = 128 * 1024;

interface Parsed {
  readonly bytes: Buffer;
  readonly value: Message;
}

/**
 * The newest messages and what they parsed to. All subscribers of an event get the same bytes, so that only the
 * first of them has to parse these, and all share one value.
 */
export class LastMessages {
  readonly #ring: (Parsed | undefined)[] = Array.from({ length: remembered }, () => undefined);
  /** Where the next message is looked for first: behind the one found last, as they come in this order. */
  #next = 0;

  /** The message in `bytes` from `start` to `end`. Throws when it is not an object of JSON in UTF-8. */
  parse(bytes: Buffer, start: number, end: number): Message {
    for (let step = 0; step < remembered; step++) {
      const index = (this.#next + step) % remembered;
      const parsed = this.#ring[index];
      if (parsed?.bytes.length === end - start && parsed.bytes.compare(bytes, start, end) === 0) {
        this.#next = (index + 1) % remembered;
        return parsed.value;
      }
    }
    const message = bytes.subarray(start, end);
    const value = parseJson(message);
    if (message.length <= rememberedBytes) {
      // A copy: `bytes` is overwritten by the next read.
      this.#ring[this.#next] = { bytes: Buffer.from(message), value };
      this.#next = (this.#next + 1) % remembered;
    }
    return value;
  }
}

function parseJson(bytes: Buffer): Message {
  if (!isUtf8(bytes)) {
    throw new Error(`expected a message in UTF-8, got the bytes ${bytes.toString("hex", 0, 40)}`);
  }
  const text = bytes.toString();
  const excerpt = JSON.stringify(text.slice(0, 80));
  let message: Message | null;
  try {
    message = JSON.parse(text);
  } catch {
    throw new Error(`expected a message in JSON, got ${excerpt}`);
  }
  if (typeof message === "object" && message !== null) return message;
  throw new Error(`expected an event or a notice, got ${excerpt}`);
}
