import type { Counts } from "../../load/counts.ts";
import type { LabReading } from "../lab.ts";
import { type VisitorName, visitors } from "./visitors.ts";
import type { VisitReport } from "./visitors-process.ts";

interface Waiting {
  readonly roundTripMs: number;
  readonly connectTimeoutMs: number;
}

/** What everybody's visit of one box comes to. Pure. Throws where events did not even come past the box. */
export function readingOf(
  { seen, deeds, utilisation }: VisitReport,
  { roundTripMs, connectTimeoutMs }: Waiting,
): LabReading {
  const firstMs = (name: VisitorName) => {
    const visit = seen[name];
    return visit?.failure === undefined ? visit?.firstMs : undefined;
  };
  const works = (name: VisitorName) => (firstMs(name) === undefined ? 0 : 1);
  const inTheOpenMs = firstMs("unhinderedWs");
  if (inTheOpenMs === undefined)
    throw new Error(`expected events past the box, got none: ${seen.unhinderedWs?.failure}`);
  const [socketioMs, websocketFirstMs] = [firstMs("socketio"), firstMs("websocketFirst")];
  return {
    figures: {
      ...Object.fromEntries(visitors.map(({ name }) => [`${name}Ms`, firstMs(name)])),
      ...Object.fromEntries(visitors.map(({ name }) => [`${name}Blocked`, 1 - works(name)])),
      // Ways by which raw TCP comes through: by a port of its own, and by that of HTTP.
      tcpWays: works("tcp") + works("tcpOnHttpPort"),
      socketioExtraRoundTrips: socketioMs && (socketioMs - inTheOpenMs) / roundTripMs,
      websocketFirstExtraTimeouts:
        websocketFirstMs && socketioMs && (websocketFirstMs - socketioMs) / connectTimeoutMs,
    },
    notes: [
      ...visitors.flatMap(({ name, title }) => failureText(title, seen[name]?.failure)),
      ...deedTexts(deeds),
    ],
    load: [{ role: "lab", utilisation }],
  };
}

function failureText(title: string, failure: string | undefined): string[] {
  return failure === undefined ? [] : [`${title}: ${failure}`];
}

function deedTexts(deeds: Counts): string[] {
  return Object.entries(deeds).map(
    ([deed, times]) => `the box ${deed}${times === 1 ? "" : `, ${times} times`}`,
  );
}
