import type { Lab } from "../lab.ts";
import { measureEvents } from "./events.ts";
import { arms, exhibitOf } from "./exhibits.ts";
import { measureFront, measureRequests } from "./requests.ts";
import { sizes } from "./sizes.ts";

/** Starting the processes of a trial, and ending them. */
const processesMs = 250;

/** A program, the slowest of them; a request that starts none; connecting a few subscribers. */
const [programMs, handledMs, rampMs] = [80, 0.15, 150];

const lab: Lab = {
  name: "museum",
  question: "What does an answer or an event cost, from a process for each to a frame on an open connection?",
  columns: [
    { figure: "cpuMs", title: "server CPU each", unit: "ms", better: "lower" },
    { figure: "perCoreSecond", title: "a core could do", unit: "per second", better: "higher" },
    { figure: "wallMs", title: "time", unit: "ms", better: "lower" },
  ],
  arms,
  conditions: ({ profile }) => [
    `Requests come over connections that are kept, ${sizes[profile].atOnce} at once while CPU is counted, and then one at a time for the time that each takes; the next when the last is answered, by a few bytes of JSON, or of poll, comet and ws by an event; loopback, whatever --network says.`,
    "true, sh, perl, python3 and node are programs as CGI has them (RFC 3875), started for each request by a small web server on node:http; handler is that server answering by itself. The server is a process of Node.js, of which the system has to copy the page tables when it forks: the servers of 1993 were smaller.",
    "CPU is that of the server and of all programs that it started, user and system, and does not depend on how busy the client is; what a core could do is that, the other way round, and not measured.",
    "poll asks the server polling for an event that is there.",
    `comet and ws hand each event to ${sizes[profile].subscribers} subscribers: a delivery is what is counted, with its share of the webhook, and its time runs from when the webhook was to be sent.`,
  ],
  cells: () => arms.map(({ name }) => ({ arm: name, point: {} })),
  expectedMs: ({ arm }, { profile }) => {
    const { measureMs, firstPrograms, firstHandled, atLeast, ourPrograms } = sizes[profile];
    const exhibit = exhibitOf(arm);
    if (exhibit.kind === "events") return processesMs + rampMs + 2 * measureMs;
    const timedMs = processesMs + 1.5 * measureMs;
    if (exhibit.kind === "program") return timedMs + (firstPrograms + atLeast) * programMs;
    return timedMs + (arm === "cgi" ? ourPrograms * programMs : firstHandled * handledMs);
  },
  measure: ({ arm }, bench) => {
    const exhibit = exhibitOf(arm);
    switch (exhibit.kind) {
      case "program":
        return measureFront(exhibit.program, bench);
      case "handler":
        return measureFront(undefined, bench);
      case "requests":
        return measureRequests(exhibit.server, bench);
      case "events":
        return measureEvents(exhibit.server, bench);
    }
  },
};

export default lab;
