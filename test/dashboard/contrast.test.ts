import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../servers/dashboard/dashboard.css", import.meta.url), "utf8");

/** The colours of a scheme, by name. */
function colours(block: RegExp): Map<string, string> {
  const [, declarations = ""] = block.exec(css) ?? [];
  return new Map(
    [...declarations.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}

const schemes = {
  light: colours(/^:root \{(.*?)^\}/ms),
  dark: colours(/prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}/s),
};

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function ratio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it("computes the ratios that WCAG names", () => {
  expect(ratio("#000000", "#ffffff")).toBeCloseTo(21);
  expect(ratio("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

describe.each(["light", "dark"] as const)("in the %s scheme", (scheme) => {
  const of = (name: string) => {
    const colour = schemes[scheme].get(name);
    if (colour === undefined) throw new Error(`expected --${name} in the ${scheme} scheme`);
    return colour;
  };

  // Success criterion 1.4.3, level AA: text.
  it.each([
    ["ink", "paper"],
    ["ink", "card"],
    ["ink", "tint"],
    ["soft", "paper"],
    ["soft", "card"],
    ["accent", "card"],
    ["on-accent", "accent"],
    ["paper", "ink"],
  ])("%s can be read on %s", (text, ground) => {
    expect(ratio(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  // Success criterion 1.4.11, level AA: edges of controls, and what a picture is read by.
  it.each([
    ["edge", "paper"],
    ["edge", "card"],
    ["accent", "paper"],
    ["accent", "tint"],
  ])("%s can be made out on %s", (shape, ground) => {
    expect(ratio(of(shape), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
