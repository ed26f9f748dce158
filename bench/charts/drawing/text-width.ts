/** Advance widths in em of a grotesque such as Helvetica, by kinds of character. */
const narrow = 0.28;
const wide = 0.84;
const capital = 0.7;
const other = 0.55;

/** The fonts that stand in for Helvetica are up to a tenth wider. */
const allowance = 1.1;

/** The width of text in pixels, rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) em += widthOf(character);
  return em * fontSize * allowance;
}

function widthOf(character: string): number {
  if (" .,:;!|'()[]/-fijlrtI".includes(character)) return narrow;
  if ("mwMW@%…—".includes(character)) return wide;
  return /\p{Lu}/u.test(character) ? capital : other;
}

/** Breaks text at spaces into lines of at most `width` pixels; a word that is wider than that after a `/`, or anywhere. */
export function fitLines(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((word) => partsOf(word, fontSize, width))) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, fontSize) <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** The word, or what of it fits on a line each. */
function partsOf(word: string, fontSize: number, width: number): string[] {
  if (word.length === 1 || textWidth(word, fontSize) <= width) return [word];
  let end = word.length - 1;
  while (end > 1 && textWidth(word.slice(0, end), fontSize) > width) end -= 1;
  const slash = word.lastIndexOf("/", end - 1) + 1;
  const cut = Math.max(1, slash > 0 ? slash : end);
  return [word.slice(0, cut), ...partsOf(word.slice(cut), fontSize, width)];
}

/** The text on one line of at most `width` pixels; what is cut off shows as `…`. */
export function fitLine(text: string, fontSize: number, width: number): string {
  const oneLine = text.replace(/\s+/g, " ").trim();
  if (textWidth(oneLine, fontSize) <= width) return oneLine;
  let end = oneLine.length;
  while (end > 0 && textWidth(`${oneLine.slice(0, end)}…`, fontSize) > width) end -= 1;
  return `${oneLine.slice(0, end).trimEnd()}…`;
}
