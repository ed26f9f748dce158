import { describe, expect, it } from "vitest";
import { chosenText, searchWith, serversIn, statusText } from "../../../../bench/report/page/address.ts";

const known = ["polling", "ws", "cgi"];

describe("the address", () => {
  it("asks for servers in any order, and is told of none that there is not", () => {
    expect(serversIn("?servers=cgi,polling,unheard-of", known)).toEqual(["polling", "cgi"]);
    expect(serversIn("?servers=", known)).toEqual([]);
    expect(serversIn("", known)).toEqual([]);
  });

  it("keeps what else it says, and says nothing of all servers", () => {
    expect(searchWith("?a=1&servers=ws", ["polling", "cgi"])).toBe("?a=1&servers=polling,cgi");
    expect(searchWith("?servers=ws", [])).toBe("");
  });

  it("comes back as it was, whatever a server is called", () => {
    const odd = ["a,b", "c&d", "e f"];
    expect(serversIn(searchWith("", ["c&d", "e f"]), odd)).toEqual(["c&d", "e f"]);
  });
});

it("what is shown is told in words", () => {
  expect(chosenText([], known)).toBe("all 3");
  expect(statusText([], known)).toBe("All 3 servers are shown.");
  expect(chosenText(["ws"], known)).toBe("ws");
  expect(statusText(["ws"], known)).toBe("Only ws: tables hide the other 2, charts fade them.");
});
