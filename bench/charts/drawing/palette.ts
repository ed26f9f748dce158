import type { IoModel } from "../../../servers/contract.ts";
import type { Ruling } from "../../claims/verdict.ts";

export interface IoModelLook {
  readonly colour: string;
  /** A symbol of Vega, so that the colour never stands alone. */
  readonly shape: "circle" | "square" | "diamond";
}

/**
 * The one palette. Colours of Okabe and Ito (Color Universal Design, 2008), the orange darkened until it has a
 * contrast of 3 to 1 on white; their lightness differs enough to tell them apart in grey.
 */
export const ioModelLooks: Readonly<Record<IoModel, IoModelLook>> = {
  "event loop": { colour: "#0072b2", shape: "circle" },
  "thread per connection": { colour: "#d67f00", shape: "square" },
  "process per request": { colour: "#222222", shape: "diamond" },
};

export interface RulingLook {
  /** Of the symbol: 3 to 1 on paper or better. */
  readonly colour: string;
  /** Of the word: 4.5 to 1 on paper or better. */
  readonly wordColour: string;
  /** A path that is drawn as a line, not filled: a symbol of Vega, from -1 to 1 each way. */
  readonly stroke: string;
}

/** A tick, a cross and a ring: green and vermilion apart in lightness, so that neither hue nor colour has to be seen. */
export const rulingLooks: Readonly<Record<Ruling, RulingLook>> = {
  confirmed: { colour: "#005a41", wordColour: "#005a41", stroke: "M-0.9,0.05L-0.3,0.65L0.9,-0.65" },
  refuted: { colour: "#b84a00", wordColour: "#b84a00", stroke: "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7" },
  inconclusive: {
    colour: "#8a9099",
    wordColour: "#59636e",
    stroke: "M-0.7,0A0.7,0.7,0,1,1,0.7,0A0.7,0.7,0,1,1,-0.7,0",
  },
};

export const paper = "#ffffff";
export const ink = "#1f2328";
/** For text of lower rank; 4.5 to 1 on paper or better. */
export const softInk = "#59636e";
export const gridLine = "#e4e7eb";
/** Lines that are only there to compare with. */
export const contextLine = "#c9ced4";
/** Failed, exempt, not run: words in place of figures. */
export const noticeInk = "#8a2c0d";

export const fontStack = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** What each colour of the pictures becomes on a dark page: the same ranks, with the same contrasts. */
export const darkColours: Readonly<Record<string, string>> = {
  [paper]: "#14181d",
  [ink]: "#e6edf3",
  [softInk]: "#9ba7b4",
  [gridLine]: "#2a3038",
  [contextLine]: "#4a525c",
  [noticeInk]: "#ffb08a",
  [ioModelLooks["event loop"].colour]: "#56b4e9",
  [ioModelLooks["thread per connection"].colour]: "#e69f00",
  [ioModelLooks["process per request"].colour]: "#f0f0f0",
  [rulingLooks.confirmed.colour]: "#7ff0c4",
  [rulingLooks.refuted.colour]: "#f58b4a",
  [rulingLooks.inconclusive.colour]: "#77818c",
};
