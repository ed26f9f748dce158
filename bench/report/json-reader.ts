/** A value that is not what the reader needs, and where it is. */
export class Misshapen extends Error {
  readonly path: string;
  readonly expected: string;
  readonly got: string;

  constructor(path: string, expected: string, got: unknown) {
    super(`${path}: expected ${expected}, got ${describe(got)}`);
    this.path = path;
    this.expected = expected;
    this.got = describe(got);
  }
}

/** A value of unknown shape and its place in the file: each method is a claim on its shape, checked. */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;

  constructor(value: unknown, path = "run") {
    this.#value = value;
    this.#path = path;
  }

  text(): string {
    if (typeof this.#value === "string") return this.#value;
    return this.fail("text");
  }

  /** A finite number: JSON has no others. */
  number(): number {
    if (typeof this.#value === "number") return this.#value;
    return this.fail("a number");
  }

  boolean(): boolean {
    if (typeof this.#value === "boolean") return this.#value;
    return this.fail("true or false");
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const found = choices.find((choice) => choice === this.#value);
    return found ?? this.fail(`one of ${choices.join(", ")}`);
  }

  /** The value under a key; a reader of undefined where there is none. */
  at(key: string): JsonReader {
    return new JsonReader(this.#object()[key], `${this.#path}.${key}`);
  }

  /** The value if there is one. */
  optional<T>(read: (reader: JsonReader) => T): T | undefined {
    return this.#value === undefined ? undefined : read(this);
  }

  list<T>(read: (reader: JsonReader) => T): T[] {
    if (!Array.isArray(this.#value)) return this.fail("a list");
    return this.#value.map((value: unknown, i) => read(new JsonReader(value, `${this.#path}[${i}]`)));
  }

  record<T>(read: (reader: JsonReader) => T): Record<string, T> {
    return Object.fromEntries(Object.keys(this.#object()).map((key) => [key, read(this.at(key))]));
  }

  fail(expected: string): never {
    throw new Misshapen(this.#path, expected, this.#value);
  }

  #object(): Record<string, unknown> {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return this.fail("an object");
    return { ...value };
  }

  isList(): boolean {
    return Array.isArray(this.#value);
  }

  isText(): boolean {
    return typeof this.#value === "string";
  }

  isNumber(): boolean {
    return typeof this.#value === "number";
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
