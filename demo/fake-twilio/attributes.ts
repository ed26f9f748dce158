import type { Method } from "./verbs.ts";

export type Warn = (text: string) => void;

/** Values by name, as they stand in the document. */
export type Values = Readonly<{ [name: string]: string }>;

/** The attributes of one element. A value that cannot be taken leaves the default in place, with a warning. */
export class Attributes {
  readonly #name: string;
  readonly #values: Values;
  readonly #warn: Warn;
  readonly #known = new Set<string>();

  /** `name` is the element's. */
  constructor(name: string, values: Values, warn: Warn) {
    this.#name = name;
    this.#values = values;
    this.#warn = warn;
  }

  text(name: string, fallback: string): string {
    this.#known.add(name);
    return this.#values[name] ?? fallback;
  }

  matching(name: string, fallback: string, pattern: RegExp): string {
    const value = this.text(name, fallback);
    return pattern.test(value) ? value : this.#refuse(name, `a value such as "${fallback}"`, value, fallback);
  }

  whole(name: string, fallback: number, { least = 0, most = 86_400 } = {}): number {
    const value = this.text(name, String(fallback));
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most
      ? number
      : this.#refuse(name, `a whole number from ${least} to ${most}`, value, fallback);
  }

  boolean(name: string, fallback: boolean): boolean {
    return this.#choice(name, ["true", "false"], fallback ? "true" : "false") === "true";
  }

  method(name: string): Method {
    return this.#choice(name, ["POST", "GET"], "POST");
  }

  /** The first choice is the default. */
  oneOf<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    return this.#choice(name, choices, choices[0]);
  }

  severalOf<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice[] {
    const words = this.text(name, fallback).split(/[\s,]+/);
    const known = choices.filter((choice) => words.includes(choice));
    if (known.length === words.length) return known;
    return [this.#refuse(name, `some of ${choices.join(", ")}`, words.join(" "), fallback)];
  }

  warnOfOthers(): void {
    for (const name of Object.keys(this.#values)) {
      if (!this.#known.has(name)) this.#warn(`<${this.#name}> takes no attribute ${name}; it is passed over`);
    }
  }

  #choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(name, fallback);
    const known = choices.find((choice) => choice === value);
    return known ?? this.#refuse(name, choices.join(" or "), value, fallback);
  }

  #refuse<Value>(name: string, expected: string, got: string, fallback: Value): Value {
    this.#warn(`expected ${name} of <${this.#name}> to be ${expected}, got "${got}"; "${fallback}" is taken`);
    return fallback;
  }
}
