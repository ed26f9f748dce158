import { styleText } from "node:util";

export type Style = "bold" | "dim" | "green" | "red";

/** Adds weight or colour to a text that says everything without. */
export type Paint = (style: Style, text: string) => string;

/** `colour`: whether escape sequences may be used, as on a terminal without NO_COLOR. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour && text !== "" ? styleText(style, text, { validateStream: false }) : text);
}
