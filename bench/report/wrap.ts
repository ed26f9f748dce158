/** Breaks text at spaces into lines of at most `width` characters; a longer word stands alone, uncut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Further lines stand to the right of the first, so that one sees where the next text begins. */
export function wrapIndented(text: string, width: number): string[] {
  return indented(wrap(text, width - 2));
}

/** As `wrapIndented`, where there is no room beyond the width: a longer word goes on in the next line. */
export function wrapTightly(text: string, width: number): string[] {
  const pieces = new RegExp(`.{1,${width - 2}}`, "gu");
  return indented(wrap(text, width - 2).flatMap((line) => line.match(pieces) ?? []));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`));
}
