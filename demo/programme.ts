/** What is said before the calls and after them. */
import type { ServerName } from "../servers/index.ts";
import type { Ending } from "./perform.ts";
import { consoleSettings } from "./real-number.ts";
import type { Paint } from "./screen.ts";

export interface Introduction {
  readonly name: ServerName;
  /** `http://host:port` of the page. */
  readonly address: string;
  readonly compare: boolean;
  readonly hasKeys: boolean;
  /** Where Twilio reaches the server, if calls come from there. */
  readonly publicUrl: string | undefined;
}

export function introduction(of: Introduction, paint: Paint): string[] {
  const { name, address, compare, hasKeys, publicUrl } = of;
  return [
    "",
    `  ${paint("bold", `The Evented Web, live: ${name}`)}`,
    "",
    `  Open in a browser    ${address}/`,
    ...(compare ? [`  Side by side         ${address}/compare`] : []),
    ...(hasKeys ? [`  Keys                 ${keysOf(publicUrl)}`] : []),
    ...(publicUrl === undefined
      ? []
      : ["", ...consoleSettings(publicUrl).map((line) => `  ${line}`.trimEnd())]),
  ];
}

function keysOf(publicUrl: string | undefined): string {
  const call = publicUrl === undefined ? ["c call"] : [];
  return [...call, "r kill and restart the server", "q quit"].join("   ");
}

/** `keptIn`: the folder that outlives the demo, if there is one. */
export function farewell(ending: Ending, name: ServerName, keptIn: string | undefined): string[] {
  return [
    "",
    ...(ending === "seen" ? [`  Every step was seen. In a browser: npm run demo -- ${name}`] : []),
    ...(ending === "missing" ? ["  A step was missing: the lines marked ! say what was expected."] : []),
    keptIn === undefined
      ? "  Events and recordings are gone; --data-folder <folder> keeps them."
      : `  Events and recordings are kept in ${keptIn}`,
  ];
}
