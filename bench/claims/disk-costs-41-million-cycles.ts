import type { Claim } from "./claim.ts";

const scenario = "ladder";
const disk = { scenario, arm: "disk" };

/** What the talk's slide says. */
const talkCycles = 41e6;

/** A disk of another maker, or of another year, is not another claim. */
const factor = 3;

const diskCosts41MillionCycles: Claim = {
  name: "disk-costs-41-million-cycles",
  title: "A disk access costs about 41 million cycles",
  slides: [30],
  statement:
    "To fetch something from the disk takes 41 million cycles of the processor, a sixth of what the network takes and 164,000 times what memory takes.",
  background:
    "The figure is that of an arm that has to move: 13.7 ms on average to find a place on a disk that turns, at 3 GHz, from an article of G. Duarte of 2008. A disk without moving parts has nothing to find. What a disk costs decides what may be read while others wait: an event loop that blocks for 13.7 ms at every read would serve 73 of them a second.",
  said2011: "41,000,000 cycles",
  method:
    "Blocks of 4 KiB are read from random places of a new file, one after the other, with O_DIRECT, so that the page cache of this system is passed by; that it was is checked by the kernel's count of bytes fetched from storage. The median time is taken in cycles of 3 GHz, as the talk's source has it. The disk is the one that this machine offers, in a virtual machine one of its host's, which may have caches of its own.",
  scenarios: [scenario],
  wouldChange: "The same measured on a disk that turns, with a file that covers most of it.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "one read of 4 KiB past the page cache, cycles of 3 GHz",
        unit: "count",
        estimate: evidence.estimate({ ...disk, figure: "cycles" }, "timed"),
        wanted: { atLeast: talkCycles / factor, atMost: talkCycles * factor },
        because:
          "about as on the slide: within a factor of three, which is more than disks of one kind differ by",
      },
    ],
    beside: [
      {
        what: "one read of 4 KiB past the page cache",
        unit: "ns",
        estimate: evidence.estimate({ ...disk, figure: "medianNs" }, "timed"),
      },
      {
        what: "the same through the page cache",
        unit: "ns",
        estimate: evidence.estimate({ ...disk, figure: "cachedNs" }, "timed"),
      },
      {
        what: "network of 80 ms over disk; 5.9 times on the slide",
        unit: "times",
        estimate: evidence.ratio(
          { scenario, arm: "network", figure: "medianNs" },
          { ...disk, figure: "medianNs" },
          "timed",
        ),
      },
    ],
  }),
};

export default diskCosts41MillionCycles;
