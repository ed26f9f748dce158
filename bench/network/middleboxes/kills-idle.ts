import { carryTcp } from "./carry-tcp.ts";
import type { Address, BoxSettings, Interfere, Middlebox } from "./middlebox.ts";

/** As load balancers and the connection tables of firewalls do, after a minute or more. */
const box: Middlebox = {
  summary: "a TCP proxy that closes a connection on which nothing has moved for a while",
  onHttpPort: carryWhileBusy,
  onOtherPort: carryWhileBusy,
};

function carryWhileBusy(upstream: Address, interfere: Interfere, { idleMs }: BoxSettings) {
  return carryTcp(upstream, (ends) => {
    // What passes in either direction is read on one of the ends and written on the other: both have seen it.
    const [first] = ends;
    first?.setTimeout(idleMs, () => {
      interfere("closed an idle connection");
      for (const end of ends) end.destroy();
    });
  });
}

export default box;
