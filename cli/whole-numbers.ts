import { InvalidArgumentError } from "@commander-js/extra-typings";

/** The value of an option that counts something: from 1 up. */
export function parseCount(text: string): number {
  return atLeast(1, text);
}

/** The value of an option that may be 0. */
export function parseWhole(text: string): number {
  return atLeast(0, text);
}

function atLeast(least: number, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`expected a whole number from ${least} up.`);
  return value;
}
