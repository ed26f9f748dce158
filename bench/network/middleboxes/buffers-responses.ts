import type { IncomingMessage, ServerResponse } from "node:http";
import { carryTcp } from "./carry-tcp.ts";
import { beginAnswer, httpProxy } from "./http-proxy.ts";
import type { Interfere, Middlebox } from "./middlebox.ts";
import { tunnelUpgrades } from "./tunnel-upgrades.ts";

/** As what looks for viruses does, and reverse proxies that free their servers early. */
const box: Middlebox = {
  summary: "an HTTP proxy that knows Upgrade, and passes an answer on once it has all of it",
  onHttpPort: (upstream, interfere) => {
    const proxy = httpProxy(upstream, interfere, onceWhole);
    tunnelUpgrades(proxy, upstream);
    return proxy;
  },
  onOtherPort: (upstream) => carryTcp(upstream),
};

function onceWhole(answer: IncomingMessage, response: ServerResponse, interfere: Interfere): void {
  interfere("kept an answer back until it had all of it");
  const chunks: Buffer[] = [];
  answer.on("data", (chunk: Buffer) => chunks.push(chunk));
  answer.on("error", () => response.destroy());
  answer.on("end", () => {
    beginAnswer(answer, response);
    response.end(Buffer.concat(chunks));
  });
}

export default box;
