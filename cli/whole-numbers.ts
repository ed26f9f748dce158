import { InvalidArgumentError } from "@commander-js/extra-typings";

/** The value of an option that counts something: from 1 up. */
export function parseCount(text: string): number {
  return atLeast(1, text);
}

/** The value of an option that may be 0. */
export function parseWhole(text: string): number {
  return atLeast(0, text);
}

/** The value of an option that is a port; 0 stands for any free one. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("expected a port, a whole number from 0 to 65535.");
}

function atLeast(least: number, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`expected a whole number from ${least} up.`);
  return value;
}
