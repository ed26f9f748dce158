/** A process that sends a byte and waits for it to come back, again and again. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { serve } from "../../load/rpc.ts";

export interface PingOrder {
  /** `http://host:port` of what gives back what it is sent. */
  readonly url: string;
  readonly warmUp: number;
  readonly count: number;
}

/** How long each of `count` bytes took there and back, in nanoseconds. */
async function ping({ url, warmUp, count }: PingOrder): Promise<number[]> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  await roundTrips(socket, warmUp);
  const tookNs = await roundTrips(socket, count);
  socket.destroy();
  return tookNs;
}

function roundTrips(socket: Socket, count: number): Promise<number[]> {
  const byte = Buffer.alloc(1);
  const tookNs: number[] = [];
  if (count === 0) return Promise.resolve(tookNs);
  return new Promise((resolve, reject) => {
    let startNs = 0n;
    const send = () => {
      startNs = process.hrtime.bigint();
      socket.write(byte);
    };
    const receive = () => {
      tookNs.push(Number(process.hrtime.bigint() - startNs));
      if (tookNs.length < count) return send();
      socket.off("data", receive);
      resolve(tookNs);
    };
    socket.on("data", receive);
    socket.once("error", reject);
    socket.once("end", () => reject(new Error("expected the byte back, but the connection was ended")));
    send();
  });
}

const methods = { ping };
export type PingMethods = typeof methods;
serve(methods);
