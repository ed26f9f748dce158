import { expect, it } from "vitest";
import { endToEnd } from "../../../../bench/network/middleboxes/hop-by-hop.ts";

it("keeps what is for the other end, in its order and its letters", () => {
  const headers = ["Host", "here", "X-Odd", "1", "Cookie", "a=b", "X-Odd", "2", "Content-Length", "3"];
  expect(endToEnd(headers)).toEqual(headers);
});

it.each([
  ["Connection: close", ["Connection", "close"]],
  ["Upgrade, and Connection that names it", ["Upgrade", "websocket", "Connection", "Upgrade"]],
  [
    "what Connection names, in any letters",
    ["Connection", "keep-alive, X-Mine", "x-mine", "1", "Keep-Alive", "timeout=5"],
  ],
  ["what two fields of Connection name", ["connection", "a", "A", "1", "CONNECTION", "b", "B", "2"]],
  ["how the body is framed", ["Transfer-Encoding", "chunked", "TE", "trailers", "Trailer", "Expires"]],
])("takes out %s", (_what, headers) => {
  expect(endToEnd(["Host", "here", ...headers])).toEqual(["Host", "here"]);
});
