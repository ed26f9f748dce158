import type { Claim } from "./claim.ts";

const scenario = "ping-pong";
const at = (arm: string, figure: string) => ({ scenario, arm, figure });

const claim: Claim = {
  name: "comet-half-duplex",
  title: "Comet is half duplex: to speak takes a second connection",
  slides: [25],
  statement:
    "Comet is said to be half duplex, as a reason to prefer a WebSocket. While a browser listens on a connection, by a request that is held, it cannot speak on it: to say something takes another connection, where a WebSocket carries both directions on one.",
  background:
    "In HTTP/1.1 a connection carries one request after the other. A request that the server holds keeps its connection taken until it is answered, so whatever the browser has to say must go beside it, or wait. A WebSocket is a connection like any other of TCP: each side sends when it likes. What the slide leaves open is what that costs: a connection is held on either side, and each message has the headers of a request, but it need not take longer. HTTP/2 carries many requests on one connection, and came in 2015.",
  said2011: "half duplex",
  method:
    "The same conversation over a relay that adds 50 ms each way: the client says 21 characters, the server answers with the same, the client says the next when it has the answer. The client takes a connection that is free where there is one, and makes another only where there is none; the connections that it made are counted. Held to one connection (in the longer profiles), it has to wait until the server lets go.",
  scenarios: [scenario],
  wouldChange:
    "A Comet over HTTP/2 or HTTP/3, where requests share a connection: the claim is about HTTP/1.1, all there was in 2011.",
  judge: (evidence) => ({
    assertions: [
      {
        what: "TCP connections, comet over ws",
        unit: "times",
        estimate: evidence.ratio(at("comet", "connections"), at("ws", "connections"), "counted"),
        wanted: { atLeast: 1.5 },
        because: "a second connection makes it two, and none makes it one: 1.5 lies between them",
      },
    ],
    beside: [
      {
        what: "time of a round, comet over ws",
        unit: "times",
        estimate: evidence.ratio(at("comet", "roundMs"), at("ws", "roundMs"), "paced"),
      },
      {
        what: "bytes of a round, comet over ws",
        unit: "times",
        estimate: evidence.ratio(at("comet", "bytesPerRound"), at("ws", "bytesPerRound"), "counted"),
      },
      {
        what: "HTTP requests of a round, comet",
        unit: "count",
        estimate: evidence.estimate(at("comet", "requestsPerRound"), "counted"),
      },
      {
        what: "round trips to the first answer, comet over ws",
        unit: "times",
        estimate: evidence.ratio(at("comet", "roundTripsToFirst"), at("ws", "roundTripsToFirst"), "paced"),
      },
      {
        what: "TCP connections, streaming over ws",
        unit: "times",
        estimate: evidence.ratio(at("streaming", "connections"), at("ws", "connections"), "counted"),
      },
      {
        what: "time of a round on one connection alone, comet over ws",
        unit: "times",
        estimate: evidence.ratio(at("comet-one", "roundMs"), at("ws", "roundMs"), "paced"),
      },
    ],
  }),
};

export default claim;
