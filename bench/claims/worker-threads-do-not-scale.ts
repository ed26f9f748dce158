import type { Claim } from "./claim.ts";

const scenario = "threads";

const claim: Claim = {
  name: "worker-threads-do-not-scale",
  title: "A worker thread each costs orders of magnitude more",
  slides: [29],
  statement:
    "Pushing to browsers keeps a connection open for every user, most of them silent most of the time. Slide 29 expects orders of magnitude more connections, and says that a thread for each does not scale to them. Read as a matter of cost: a thread takes orders of magnitude more than a connection on an event loop. Here that is judged on the threads that Node.js itself has, its worker threads.",
  background:
    "An event loop keeps a small record for each connection and waits for all of them at once; a thread per connection keeps a whole line of execution that waits for one. A worker thread of Node.js is a V8 isolate: a JavaScript engine of its own, with its own heap and its own copy of the built-in code. So what is measured here is the price of this model in Node.js. It is mostly the isolate's weight and not the model's: the same model with threads of the operating system is judged by a claim of its own, native-threads-do-not-scale.",
  said2011: "“not scalable”; no figure",
  method:
    "Two servers that put the same bytes on the wire, server-sent events, hold idle subscribers: one gives each connection a worker thread that blocks, the other serves all on one event loop. The memory of each process is read, as its proportional set, with half of the connections and with all of them; the difference, divided by the connections added, is what each one takes. The two may hold different numbers, since it is a price per connection that is compared.",
  scenarios: [scenario],
  wouldChange:
    "A worker thread that takes less than a hundred times what a connection on the event loop takes: isolates that share their heap and their code, or an event loop that keeps much more for each connection.",
  judge: (evidence) => {
    const isolates = (figure: string, connections?: number) => ({
      ...{ scenario, arm: "threads-streaming", figure },
      ...(connections === undefined ? {} : { point: { connections } }),
    });
    const loop = (figure: string, connections?: number) => ({
      ...isolates(figure, connections),
      arm: "bare",
    });
    const [most] = evidence.points(scenario, "threads-streaming").slice(-1);
    const shared = most?.connections;
    return {
      assertions: [
        {
          what: "worker threads over event loop, memory of the process for each connection",
          unit: "times",
          estimate: evidence.ratio(isolates("processEach"), loop("processEach"), "held"),
          wanted: { atLeast: 100 },
          because:
            "“orders of magnitude”, in the plural, are at least two: in the same memory the event loop then holds at least a hundred times as many",
        },
      ],
      beside: [
        {
          what: "a worker thread with no connection and nothing to do, memory",
          unit: "bytes",
          estimate: evidence.estimate({ scenario, arm: "isolate-alone", figure: "processEach" }, "held"),
        },
        {
          what: "a native thread with no connection and nothing to do, memory with that of the kernel",
          unit: "bytes",
          estimate: evidence.estimate({ scenario, arm: "native-thread-alone", figure: "memoryEach" }, "held"),
        },
        {
          what: "time to start a worker thread with nothing to do",
          unit: "µs",
          estimate: evidence.estimate({ scenario, arm: "isolate-alone", figure: "startUsEach" }, "timed"),
        },
        {
          what: "worker threads over event loop, until the last of as many subscribers has an event",
          unit: "times",
          estimate: evidence.ratio(isolates("lastMs", shared), loop("lastMs", shared), "timed"),
        },
        {
          what: "worker threads, context switches for each delivery",
          unit: "count",
          estimate: evidence.estimate(isolates("switchesPerDelivery"), "timed"),
        },
      ],
    };
  },
};

export default claim;
