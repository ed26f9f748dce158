import { beforeEach, expect, it } from "vitest";
import { followPage } from "../../servers/dashboard/follow-page.js";

class Page extends EventTarget {
  hidden = false;
}

let document: Page;
let window: EventTarget;
let isHeard: boolean;
let told: string[];

const follow = () => {
  const connection = {
    connect: () => told.push("connect"),
    connectNow: () => told.push("connectNow"),
    stop: () => told.push("stop"),
    lose: (reason: string) => told.push(reason),
  };
  followPage(
    { window, document },
    () => [connection],
    () => isHeard,
  );
};
const turn = (hidden: boolean) => {
  document.hidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};
const tell = (...names: string[]) => {
  for (const name of names) window.dispatchEvent(new Event(name));
};

beforeEach(() => {
  document = new Page();
  window = new EventTarget();
  isHeard = false;
  told = [];
});

it("listens while the page is seen", () => {
  follow();
  told = [];
  turn(true);
  tell("online");
  expect(told).toEqual(["stop", "stop"]);
  turn(false);
  expect(told.slice(2)).toEqual(["connectNow"]);
});

it("listens on while the page is hidden and has its sound on", () => {
  follow();
  isHeard = true;
  turn(true);
  tell("online");
  expect(told).not.toContain("stop");
});

it("does not listen in a page that is opened behind others", () => {
  document.hidden = true;
  follow();
  expect(told).toEqual(["stop"]);
});

it("loses what the network carried, and comes back with it", () => {
  follow();
  told = [];
  tell("offline", "online");
  expect(told).toEqual(["the network is gone", "connectNow"]);
});

it("stops when the page is left, and goes on when that is shown again", () => {
  isHeard = true;
  follow();
  told = [];
  tell("pagehide", "pageshow");
  expect(told).toEqual(["stop", "connectNow"]);
});
