import type { Database, RootDatabase } from "lmdb";
import { encoding } from "./data-folder.ts";
import { isKeptType, type Message } from "./subscriptions.ts";

/** The newest messages that are kept for those who read a topic. */
const keptMessages = 1_000;

/**
 * Messages, each kept once, for as long as a topic or a delivery refers to it.
 *
 * All that changes something is called within a transaction of the store's.
 */
export class Topics {
  readonly #messages: Database<Message, number>;
  /** How many refer to a message: beside it, so that it is not written again for each of them. */
  readonly #references: Database<number, number>;
  /** By type and number: a topic is a range, its newest message at the end. */
  readonly #topics: Database<true, [string, number]>;

  constructor(root: RootDatabase) {
    this.#messages = root.openDB({ name: "messages", encoding });
    this.#references = root.openDB({ name: "references", encoding });
    this.#topics = root.openDB({ name: "topics", encoding });
  }

  /** Keeps a message while `refer` makes what refers to it, and from then on in its topic. Numbers count from 1. */
  keep(number: number, message: Message, refer: () => void): void {
    this.#messages.put(number, message);
    this.refer(number);
    refer();
    if (isKeptType(message.type)) this.#topics.put([message.type, number], true);
    else this.release(number);
    this.#dropFromTopic(number - keptMessages);
  }

  refer(number: number): void {
    this.#references.put(number, (this.#references.get(number) ?? 0) + 1);
  }

  release(number: number): void {
    const references = (this.#references.get(number) ?? 0) - 1;
    if (references > 0) {
      this.#references.put(number, references);
      return;
    }
    this.#references.remove(number);
    this.#messages.remove(number);
  }

  message(number: number): Message {
    const message = this.#messages.get(number);
    if (message === undefined)
      throw new Error(`expected a message ${number}, which is referred to, got none`);
    return message;
  }

  /** The newest messages of a type, the newest first. */
  recent(type: string, limit: number): Message[] {
    if (!isKeptType(type)) return [];
    const range = { start: [type, Number.MAX_SAFE_INTEGER], end: [type, 0], reverse: true, limit };
    return [...this.#topics.getKeys(range).map(([, number]) => this.message(number))];
  }

  #dropFromTopic(number: number): void {
    const type = this.#messages.get(number)?.type;
    if (type === undefined || !isKeptType(type)) return;
    // Only deliveries refer to it, if it was dropped before.
    if (this.#topics.removeSync([type, number])) this.release(number);
  }
}
