/** Red, green, blue from 0 to 255, and how opaque, from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
  willReadFrequently: true,
});
const known = new Map<string, Colour>();

/** A colour of CSS in any of its forms, as it is painted. */
export function colourOf(css: string): Colour {
  const before = known.get(css);
  if (before !== undefined) return before;
  if (brush === null) throw new Error("expected a canvas to paint on, got none");
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = css;
  brush.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
  const colour = [red, green, blue, alpha / 255] as const;
  known.set(css, colour);
  return colour;
}

export function faded([red, green, blue, opacity]: Colour, by: number): Colour {
  return [red, green, blue, opacity * by];
}

/** What is seen of an opaque colour with another painted over it. */
export function painted([red, green, blue, opacity]: Colour, over: Colour): Colour {
  const mixed = (one: number, other: number) => one * opacity + other * (1 - opacity);
  return [mixed(red, over[0]), mixed(green, over[1]), mixed(blue, over[2]), 1];
}

/** By WCAG 2.2. */
export function contrastOf(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function hexOf([red, green, blue]: Colour): string {
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}
