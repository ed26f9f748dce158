import type { Claim } from "./claim.ts";

const scenario = "threads";

const claim: Claim = {
  name: "native-threads-do-not-scale",
  title: "A native thread each costs orders of magnitude more",
  slides: [29],
  statement:
    "Slide 29 expects orders of magnitude more connections, and says that a thread for each does not scale to them; it says so of every server. Read as a matter of cost: a thread takes orders of magnitude more than a connection on an event loop. Here that is judged on threads as the operating system has them, which is what servers in C, Java or Rust give a connection.",
  background:
    "A thread that waits takes the pages of its stack that it has touched, a stack in the kernel, and the kernel's record of it; the megabytes of stack that are often named are addresses set aside, and take no memory until they are used. Whether that is much depends on what a connection takes anyway: its socket in the kernel, and what the server keeps of it. The programs are ours, written for this comparison, and keep as little as can be; a server that does more work in each thread touches more of its stack.",
  said2011: "“not scalable”; no figure",
  method:
    "Two programs in C that share their code for HTTP and put the same bytes on the wire differ in one thing: one gives each connection a POSIX thread that blocks, with a stack of 64 KiB, the other waits for all with epoll. The same load connects to both. Memory each is what the second half of the connections added: the process, and the kernel's memory for threads, page tables and the server's ends of the connections. Beside it stands the event loop of Node.js over the same transport, which is what the talk recommends in place of threads.",
  scenarios: [scenario],
  wouldChange:
    "A native thread that takes a hundred times what a connection on an event loop takes, as one with a deep stack in use might, or a machine on which so many threads cannot be had at all.",
  judge: (evidence) => {
    const of = (arm: string, figure: string) => ({ scenario, arm, figure });
    return {
      assertions: [
        {
          what: "native threads over event loop, both in C, all memory for each connection",
          unit: "times",
          estimate: evidence.ratio(
            of("native-threads", "memoryEach"),
            of("native-loop", "memoryEach"),
            "held",
          ),
          wanted: { atLeast: 100 },
          because:
            "the same reading as of worker threads, and so the same threshold: to miss what the slide expects, “orders of magnitude” more connections, a thread has to cost at least two of them more",
        },
      ],
      beside: [
        {
          what: "native threads in C over the event loop of Node.js, all memory for each connection",
          unit: "times",
          estimate: evidence.ratio(of("native-threads", "memoryEach"), of("tcp", "memoryEach"), "held"),
        },
        {
          what: "connections held with a native thread for each",
          unit: "count",
          estimate: evidence.estimate(of("native-threads", "held"), "counted"),
        },
        {
          what: "native threads over event loop, both in C, until the last subscriber has an event",
          unit: "times",
          estimate: evidence.ratio(of("native-threads", "lastMs"), of("native-loop", "lastMs"), "timed"),
        },
        {
          what: "native threads, CPU over that of the event loop in C for each delivery",
          unit: "times",
          estimate: evidence.ratio(
            of("native-threads", "cpuUsPerDelivery"),
            of("native-loop", "cpuUsPerDelivery"),
            "timed",
          ),
        },
        {
          what: "native threads, context switches for each delivery",
          unit: "count",
          estimate: evidence.estimate(of("native-threads", "switchesPerDelivery"), "timed"),
        },
        {
          what: "time to start a native thread with nothing to do",
          unit: "µs",
          estimate: evidence.estimate(of("native-thread-alone", "startUsEach"), "timed"),
        },
      ],
    };
  },
};

export default claim;
