/** What the demo shows in a terminal of 80 columns, on a projector. */
import { styleText } from "node:util";
import { type Step, type StepNumber, stepNames } from "./fake-twilio/step.ts";

export const screenWidth = 80;

/** Puts colour or weight on a text that says everything without. */
export type Paint = (style: Style, text: string) => string;
export type Style = "bold" | "dim" | "cyan" | "green" | "yellow";

/** `colour`: whether escape sequences may be used, as on a terminal without NO_COLOR. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}

/** How a step travels, which is what the talk is about: in by a webhook, out by a push. */
const colours: Partial<Record<StepNumber, Style>> = {
  2: "cyan",
  4: "cyan",
  7: "cyan",
  3: "green",
  8: "green",
  9: "green",
};

const nameWidth = 14;
const numberWidth = 8;
const detailWidth = screenWidth - (5 + nameWidth + 2 * numberWidth + 2);

export function stepHead(paint: Paint): string {
  const columns = ["ms".padStart(numberWidth), "+ ms".padStart(numberWidth)].join("");
  return paint("dim", `     ${"step".padEnd(nameWidth)}${columns}`);
}

/** `3  Status              18      +2  call.ringing by ws, event 2`; what is longer goes on below. */
export function stepLine(step: Step, before: Step | undefined, paint: Paint): string {
  const { number, atMs, detail } = step;
  return rowLine({ number, name: stepNames[number], atMs, detail, style: colours[number] }, before, paint);
}

/** A step of anything, as it is shown. */
export interface Row {
  readonly number: number;
  readonly name: string;
  readonly atMs: number;
  readonly detail: string;
  readonly style: Style | undefined;
}

/** As `stepLine`, for steps of anything. */
export function rowLine(row: Row, before: { readonly atMs: number } | undefined, paint: Paint): string {
  const { number, atMs, detail, style } = row;
  const since = before === undefined ? "" : signed(Math.round(atMs) - Math.round(before.atMs));
  const name = row.name.padEnd(nameWidth);
  const times = String(Math.round(atMs)).padStart(numberWidth) + since.padStart(numberWidth);
  const [first = "", ...others] = wrap(detail, detailWidth);
  return [
    `${paint("bold", String(number).padStart(3))}  ${style ? paint(style, name) : name}${times}  ${first}`,
    ...others.map((line) => " ".repeat(screenWidth - detailWidth) + line),
  ].join("\n");
}

export function arrivalHead(paint: Paint): string {
  const columns = ["3 Status", "8 Recording"].map((column) => column.padStart(arrivalWidth)).join("");
  return paint("dim", `     ${"ms after the webhook".padEnd(arrivalNameWidth)}${columns}`);
}

/** A row of the comparison: when each push reached the subscriber of a server. */
export function arrivalLine(server: string, ms: readonly (number | undefined)[]): string {
  const times = ms.map((each) => (each === undefined ? "–" : `+${Math.max(0, Math.round(each))}`));
  return `     ${server.padEnd(arrivalNameWidth)}${times.map((time) => time.padStart(arrivalWidth)).join("")}`;
}

const arrivalNameWidth = 22;
const arrivalWidth = 14;

/** A line beside the steps. */
export function noticeLine(text: string, paint: Paint): string {
  const [first = "", ...others] = wrap(text, screenWidth - 7);
  return [`     ${paint("yellow", "!")} ${first}`, ...others.map((line) => `       ${line}`)].join("\n");
}

/** `+17205550199` as people write it. */
export function phoneNumber(e164: string): string {
  return e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
}

function signed(ms: number): string {
  return ms < 0 ? `−${-ms}` : `+${ms}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll(/\s+/g, " ").split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
