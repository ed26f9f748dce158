import { SaxesParser } from "saxes";

export interface Drawing {
  /** One entry a text element, or part of one. */
  readonly texts: readonly string[];
  /** Whatever something is filled or stroked with. */
  readonly paints: ReadonlySet<string>;
}

/** Throws when the SVG is not well-formed. */
export function readDrawing(svg: string): Drawing {
  const texts: string[] = [];
  const paints = new Set<string>();
  const parser = new SaxesParser({ xmlns: true });
  let inStyle = false;
  parser.on("opentag", ({ name, attributes }) => {
    inStyle = name === "style";
    for (const paint of ["fill", "stroke"]) {
      const value = attributes[paint]?.value;
      if (value !== undefined) paints.add(value);
    }
  });
  parser.on("closetag", () => {
    inStyle = false;
  });
  parser.on("text", (text) => {
    if (!inStyle && text.trim() !== "") texts.push(text);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(svg).close();
  return { texts, paints };
}
