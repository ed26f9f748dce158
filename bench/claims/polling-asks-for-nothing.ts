import type { Claim } from "./claim.ts";
import { at, perInterval, polling, pollingPoints } from "./polling-points.ts";

const pollingAsksForNothing: Claim = {
  name: "polling-asks-for-nothing",
  title: "Polling asks for nothing most of the time",
  slides: [4],
  statement:
    "Who polls is like someone who asks again and again whether the kettle boils: the question is asked many times, and only the last time is there something to tell. Most polls are work for nobody.",
  background:
    "Whether a poll finds something depends on one number only: how many events come in an interval, on average. When events come independently of each other (a Poisson process), a poll finds nothing with a probability of exp(-that number), an event takes the inverse of that number in polls, and it is half an interval old on average when it is fetched. The talk's eleven questions for one kettle are 1/11 events an interval, of which theory says 91 % in vain; one event a minute, asked for every second, is 98 % in vain and 60 polls an event. Above 0.69 events an interval more than half of the polls find something: the claim is about events that are rarer than polls.",
  said2011: "asked eleven times, for one answer",
  method:
    "Events come at random times to a polling server, while subscribers ask at fixed intervals with phases of their own. Every poll is counted, and every poll whose answer holds no event. Minutes are scaled down to fractions of a second: rates and intervals are such that from a tenth of an event to twenty come in an interval. The share in vain is held against theory at each of them, with as many events as chance made of the rate.",
  scenarios: [polling.scenario],
  wouldChange:
    "Less than half of the polls in vain where events come ten times more rarely than polls, or a share in vain that the theory misses by more than five points at any rate. Events that come in clusters, or just when they are asked for, would be another theory.",
  judge: (evidence) => {
    const points = pollingPoints(evidence);
    const [rarest] = points;
    const read = (figure: string) => evidence.estimate({ ...at(polling, rarest), figure }, "counted");
    return {
      assertions: [
        {
          what: "polls in vain where events are rarest",
          unit: "percent",
          estimate: read("wastedPercent"),
          wanted: { atLeast: 50 },
          because: "most of the time is more than half of it",
        },
        ...points.map((point) => ({
          what: `polls in vain, measured against theory, ${eventsAt(point)}`,
          unit: "percent" as const,
          // Counted, but a difference that chance decides: of one trial, it says little more than its size.
          estimate: evidence.estimate({ ...polling, point, figure: "wastedOffPercent" }, "chance"),
          wanted: { atMost: 5 },
          because: "within five points, theory tells what share is in vain at rates that nobody has measured",
        })),
      ],
      beside: [
        {
          what: "polls in vain by theory where events are rarest",
          unit: "percent",
          estimate: read("wastedTheoryPercent"),
        },
        {
          what: "polls per event where events are rarest",
          unit: "count",
          estimate: read("requestsPerEvent"),
        },
        {
          what: "IP bytes per event where events are rarest, polling over ws",
          unit: "times",
          // What ws takes of an event is the same however rare that is.
          estimate: evidence.ratio(
            { ...at(polling, rarest), figure: "ipBytesPerEvent" },
            { ...polling, arm: "ws", figure: "ipBytesPerEvent" },
            "counted",
          ),
        },
        ...points.slice(1).map((point) => ({
          what: `polls in vain, ${eventsAt(point)}`,
          unit: "percent" as const,
          estimate: evidence.estimate({ ...polling, point, figure: "wastedPercent" }, "counted"),
        })),
        ...points.slice(-1).map((point) => ({
          what: `mean staleness over half an interval, ${eventsAt(point)}`,
          unit: "times" as const,
          estimate: evidence.ratio(
            { ...polling, point, figure: "stalenessMs" },
            { ...polling, point, figure: "stalenessTheoryMs" },
            "paced",
          ),
        })),
      ],
    };
  },
};

function eventsAt(point: Parameters<typeof perInterval>[0]): string {
  return `${perInterval(point).toLocaleString("en", { maximumSignificantDigits: 2 })} events an interval`;
}

export default pollingAsksForNothing;
