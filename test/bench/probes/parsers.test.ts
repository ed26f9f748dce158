import { expect, it } from "vitest";
import { parseLoopbackTraffic } from "../../../bench/probes/loopback-traffic.ts";
import { parseRssBytes } from "../../../bench/probes/process-cpu.ts";
import { parseChildren, parsePss } from "../../../bench/probes/process-memory.ts";
import { parseObjectBytes, parseSockets } from "../../../bench/probes/socket-memory.ts";

it("takes what loopback received, which is all that it sent", () => {
  const netDev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
  eth0:   99999      99    0    0    0     0          0         0    88888      88    0    0    0     0       0          0
    lo:    2380       7    0    0    0     0          0         0     2380       7    0    0    0     0       0          0
`;
  expect(parseLoopbackTraffic(netDev)).toEqual({ bytes: 2_380, packets: 7 });
  expect(() => parseLoopbackTraffic("")).toThrow("expected a line for lo");
});

it("takes the proportional set alone, not its parts", () => {
  const rollup = `55814fc67000-7ffc27e3d000 ---p 00000000 00:00 0                          [rollup]
Rss:               50768 kB
Pss:               40374 kB
Pss_Dirty:         30112 kB
Pss_Anon:          30112 kB
`;
  expect(parsePss(rollup)).toBe(40_374 * 1024);
  expect(() => parsePss("Rss: 1 kB\n")).toThrow("expected a line Pss");
});

it("reads ids of children, and that there are none", () => {
  expect(parseChildren("812 915 1044 ")).toEqual([812, 915, 1_044]);
  expect(parseChildren("")).toEqual([]);
});

const slabinfo = `slabinfo - version: 2.1
# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
TCPv6                 39     39   2496   13    8 : tunables    0    0    0 : slabdata      3      3      0
TCP                  105    130   2368   16   10 : tunables    0    0    0 : slabdata     10     10      0
sock_inode_cache     228    285    832   16    4 : tunables    0    0    0 : slabdata     15     15      0
filp                 574    693    192   16    1 : tunables    0    0    0 : slabdata     33     33      0
dentry            197799 197799    192   16    1 : tunables    0    0    0 : slabdata   9419   9419      0
`;

it("counts an object as its part of the pages it is packed in", () => {
  expect(parseObjectBytes(slabinfo)).toBe(2_560 + 1_024 + 256 + 256);
  expect(() => parseObjectBytes(slabinfo.replace("\nTCP ", "\nUDP "))).toThrow(
    "expected TCP in /proc/slabinfo",
  );
});

it("sums what is in the buffers of sockets, and leaves out their limits", () => {
  const ss = `ESTAB 0      0      127.0.0.1:38389 127.0.3.4:41151
\t skmem:(r1,rb131072,t2304,tb3939840,f20,w300,o4000,bl50000,d0)
ESTAB 0      0      127.0.3.4:41151 127.0.0.1:38389
\t skmem:(r0,rb131072,t0,tb3939840,f0,w0,o0,bl0,d0)
`;
  expect(parseSockets(ss)).toEqual({ sockets: 2, bufferBytes: 54_321 });
  expect(parseSockets("")).toEqual({ sockets: 0, bufferBytes: 0 });
});

it("takes the resident set", () => {
  expect(parseRssBytes("VmHWM:\t   60000 kB\nVmRSS:\t   50768 kB\nRssAnon:\t   20000 kB\n")).toBe(
    50_768 * 1024,
  );
  expect(() => parseRssBytes("VmHWM: 1 kB\n")).toThrow("expected a line VmRSS");
});
