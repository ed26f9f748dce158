import { darkColours } from "./palette.ts";

/**
 * Style rules that give the charts within `scope`, a CSS selector, the colours of the dark palette where the reader
 * prefers a dark scheme. A colour of the light palette stands for its place in the picture, and so leads to the dark one.
 */
export function darkStyle(scope: string): string {
  const rules = Object.entries(darkColours).flatMap(([light, dark]) =>
    (["fill", "stroke"] as const).map((paint) => `${scope} [${paint}="${light}"]{${paint}:${dark}}`),
  );
  return `@media (prefers-color-scheme: dark){${rules.join("")}}`;
}
