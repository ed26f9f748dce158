import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

const scenario = "museum";

const overHandler = (evidence: Evidence, arm: string, figure: "cpuMs" | "wallMs") =>
  evidence.ratio({ scenario, arm, figure }, { scenario, arm: "handler", figure }, "timed");

const processPerRequestCostsMore: Claim = {
  name: "process-per-request-costs-more",
  title: "A process per request costs 20 times an in-process answer",
  slides: [3],
  statement:
    "The road to the evented web begins with CGI in 1993, where a web server starts a program for each request, and leads over servlets, which answer within the server, to servers that push. Each step was taken because the one before cost too much: a process is dear where a function call would do.",
  background:
    "CGI is how the first dynamic pages were made: the server starts a program, hands it the request in its environment, sends what it prints, and the program ends. Most were written in Perl. What it costs is mostly starting and ending a process: the system copies the tables of its memory, loads the program, and the interpreter begins from nothing. The talk only lists the years; that the cost was the reason is how we read it.",
  said2011: "CGI 1993, servlets 1997; no figure",
  method:
    "One small web server on node:http answers the same few bytes in two ways: by a function of its own, and by starting a Perl program of one line for each request, which says the same. Eight requests are under way at once, on connections that are kept. CPU time is that of the server and of all its programs that have ended, by the kernel's own account. The Perl program loads no module, which real ones did; the server that starts it is larger than those of 1993, which makes starting dearer.",
  scenarios: [scenario],
  wouldChange:
    "A system on which starting an interpreter, running a line of it and ending it takes less than 20 times the CPU time of one HTTP request.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "a Perl program per request over a function, server CPU per request",
        unit: "times",
        estimate: overHandler(evidence, "perl", "cpuMs"),
        wanted: { atLeast: 20 },
        because:
          "the slide has no figure: at twenty times, one machine does what took twenty before, which is read as reason enough to leave CGI",
      },
    ],
    beside: [
      ...(["true", "sh", "python3", "node"] as const).map((arm) => ({
        what: `${arm} per request over a function, server CPU per request`,
        unit: "times" as const,
        estimate: overHandler(evidence, arm, "cpuMs"),
      })),
      {
        what: "a Perl program per request over a function, time for one request alone",
        unit: "times",
        estimate: overHandler(evidence, "perl", "wallMs"),
      },
      {
        what: "a function, server CPU per request",
        unit: "ms",
        estimate: evidence.estimate({ scenario, arm: "handler", figure: "cpuMs" }, "timed"),
      },
    ],
  }),
};

export default processPerRequestCostsMore;
