import { describe, expect, it } from "vitest";
import { type Asked, findingLines, findingsOf, findingText } from "./findings.ts";
import type { Box, LookedAt, SeenPicture, SeenText } from "./looked-at.ts";
import { staysHere } from "./watched-page.ts";

const box = (left: number, top: number, width = 100, height = 10): Box => ({
  ...{ left, top, right: left + width, bottom: top + height },
});
const text = (name: string, at: Box, given: Partial<SeenText> = {}): SeenText => ({
  ...{ text: name, box: at, place: "p", fontSize: 12, large: false, frames: [], within: [] },
  ...given,
});
const picture = (at: Box, given: Partial<SeenPicture> = {}): SeenPicture => ({
  ...{ box: at, place: "svg", frames: [], within: [] },
  ...given,
});
const page = (given: Partial<LookedAt> = {}): LookedAt => ({
  ...{ window: { width: 1_280, height: 720 }, pageWidth: 1_280, widest: "" },
  ...{ texts: [], pictures: [], cropping: [], repeatedIds: [] },
  ...given,
});
const found = (given: Partial<LookedAt>, asked: Partial<Asked> = {}) =>
  findingsOf(page(given), { leastFontSize: 10, ...asked });
const kinds = (given: Partial<LookedAt>, asked: Partial<Asked> = {}) =>
  found(given, asked).map(({ kind }) => kind);

describe("overlaps", () => {
  it("are found of texts, with both texts, both boxes and their places", () => {
    const texts = [text("one", box(0, 0), { place: "#a" }), text("two", box(90, 5), { place: "#b" })];
    const [finding, ...others] = found({ texts });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ kind: "overlap", what: ["one", "two"], boxes: [box(0, 0), box(90, 5)], place: "#a and #b" },
    });
    expect(finding && findingText(finding)).toBe(
      "overlap: “one” and “two” lie over each other at #a and #b [0,0 to 100,10; 90,5 to 190,15]",
    );
  });

  it.each<[string, Box, boolean]>([
    ["beside", box(100, 0), false],
    ["below", box(0, 10), false],
    ["beside, by a pixel into it", box(99, 0), false],
    ["below, by a pixel into it", box(0, 9), false],
    ["beside, by more than a pixel", box(98.9, 0), true],
    ["below, by more than a pixel", box(0, 8.9), true],
    ["inside", box(10, 2, 5, 5), true],
    ["around", box(-10, -10, 500, 500), true],
    ["across", box(40, -50, 10, 200), true],
    ["far away", box(900, 600), false],
  ])("%s: %o is %s", (_where, other, is) => {
    const texts = [text("one", box(0, 0)), text("two", other)];
    expect(kinds({ texts })).toEqual(is ? ["overlap"] : []);
    expect(kinds({ texts: texts.toReversed() })).toEqual(is ? ["overlap"] : []);
  });

  it("are found of all that lie over one", () => {
    const texts = [
      text("tall", box(0, 0, 10, 1_000)),
      ...Array.from({ length: 20 }, (_, i) => text(`line ${i}`, box(5, i * 40))),
    ];
    expect(kinds({ texts })).toHaveLength(20);
  });

  it("are none where the same text is drawn twice at one place, and one where it is elsewhere", () => {
    expect(kinds({ texts: [text("rim", box(0, 0)), text("rim", box(0.4, 0))] })).toEqual([]);
    expect(kinds({ texts: [text("rim", box(0, 0)), text("rim", box(4, 4))] })).toEqual(["overlap"]);
  });

  it("count what can be seen alone", () => {
    const scrolledAway = { visible: box(0, 0, 100, 0) };
    expect(kinds({ texts: [text("one", box(0, 0)), text("two", box(0, 0), scrolledAway)] })).toEqual([]);
    const half = { visible: box(0, 0, 50) };
    expect(kinds({ texts: [text("one", box(60, 0)), text("two", box(0, 0), half)] })).toEqual([]);
    expect(kinds({ texts: [text("one", box(40, 0)), text("two", box(0, 0), half)] })).toEqual(["overlap"]);
  });

  it("are found of pictures, with what is no part of them", () => {
    const pictures = [picture(box(0, 0, 200, 200))];
    expect(kinds({ pictures, texts: [text("label", box(0, 0), { within: [0] })] })).toEqual([]);
    expect(kinds({ pictures, texts: [text("heading", box(0, 0))] })).toEqual(["overlap"]);
    expect(kinds({ pictures: [...pictures, picture(box(150, 0, 200, 200))] })).toEqual(["overlap"]);
    expect(kinds({ pictures: [...pictures, picture(box(150, 0, 20, 20), { within: [0] })] })).toEqual([]);
  });
});

describe("cuts", () => {
  const frames = [
    { box: box(0, 0, 500, 500), place: "svg" },
    { box: box(0, 0, 50, 500), place: "#narrow" },
  ];

  it("are found at whatever frame hides a part, with the frame", () => {
    const [finding] = found({ texts: [text("long", box(0, 0), { frames })] });
    expect(finding).toMatchObject({ kind: "cut", what: ["long"], why: "by #narrow" });
    expect(finding?.boxes).toEqual([box(0, 0), box(0, 0, 50, 500)]);
  });

  it.each<[string, Box, boolean]>([
    ["within", box(0, 0, 50), false],
    ["a pixel out", box(0, 0, 51), false],
    ["out to the right", box(0, 0, 51.1), true],
    ["out to the left", box(-1.1, 0, 10), true],
    ["out above", box(0, -1.1, 10), true],
    ["out below", box(0, 491.1, 10), true],
  ])("%s: %o is %s", (_where, at, is) => {
    expect(kinds({ texts: [text("one", at, { frames })] })).toEqual(is ? ["cut"] : []);
    expect(kinds({ pictures: [picture(at, { frames })] })).toEqual(is ? ["cut"] : []);
  });

  it("are found at the window where all has to fit it, and there alone", () => {
    const texts = [text("low", box(0, 715))];
    expect(kinds({ texts })).toEqual([]);
    expect(kinds({ texts }, { fitsWindow: true })).toEqual(["cut"]);
    expect(kinds({ texts: [text("in", box(0, 700))] }, { fitsWindow: true })).toEqual([]);
  });

  it("are found of elements that hide what they hold", () => {
    const cropping = [{ place: "#box", sees: { width: 10, height: 20 }, holds: { width: 30.2, height: 20 } }];
    expect(found({ cropping }).map(findingText)).toEqual([
      "cropped: holds 30 × 20 px and shows 10 × 20 px at #box",
    ]);
  });

  it("are told from what spills out of its plate and is seen", () => {
    const plate = { box: box(0, 0, 80, 10), place: "td" };
    expect(kinds({ texts: [text("one", box(0, 0), { plate })] })).toEqual(["spilled"]);
    expect(kinds({ texts: [text("one", box(0, 0, 81), { plate })] })).toEqual([]);
  });
});

describe("what is there and cannot be read", () => {
  it.each([
    [9.9, true],
    [10, false],
    [11, false],
  ])("letters of %s px are too small: %s", (fontSize, is) => {
    expect(kinds({ texts: [text("one", box(0, 0), { fontSize })] })).toEqual(is ? ["small"] : []);
  });

  it("may be smaller in a picture, where that is asked", () => {
    const asked = { leastFontSize: 18, leastInPictures: 10 };
    const given = { texts: [text("one", box(0, 0), { fontSize: 10, within: [0] })] };
    const pictures = [picture(box(0, 0))];
    expect(kinds({ ...given, pictures }, asked)).toEqual([]);
    expect(kinds({ ...given, pictures }, { leastFontSize: 18 })).toEqual(["small"]);
    expect(kinds({ texts: [text("one", box(0, 0), { fontSize: 10 })] }, asked)).toEqual(["small"]);
  });

  it.each([
    [4.4, false, true],
    [4.5, false, false],
    [2.9, true, true],
    [3, true, false],
  ])("a contrast of %s (large letters: %s) is too little: %s", (ratio, large, is) => {
    const contrast = { ratio, ink: "#777777", paper: "#ffffff" };
    expect(kinds({ texts: [text("one", box(0, 0), { large, contrast })] })).toEqual(is ? ["faint"] : []);
  });

  it("lies under a mark", () => {
    expect(kinds({ texts: [text("one", box(0, 0), { coveredBy: "path" })] })).toEqual(["covered"]);
  });
});

describe("the page", () => {
  it("scrolls sideways when it is wider than the window", () => {
    expect(kinds({ pageWidth: 1_281, widest: "table" })).toEqual(["scrolls sideways"]);
    expect(kinds({ pageWidth: 1_280 })).toEqual([]);
  });

  it("gives no id twice", () => {
    expect(kinds({ repeatedIds: ["clip0"] })).toEqual(["repeated id"]);
  });

  it("has nothing wrong with it where nothing is", () => {
    const texts = [text("one", box(0, 0)), text("two", box(0, 20))];
    expect(found({ texts, pictures: [picture(box(0, 40))] }, { fitsWindow: true })).toEqual([]);
  });
});

describe("many findings", () => {
  it("are told by kind and reason, the first of each", () => {
    const small = Array.from({ length: 9 }, (_, i) => text(`small ${i}`, box(0, 20 * i), { fontSize: 5 }));
    const covered = text("under", box(0, 500), { coveredBy: "path" });
    expect(findingLines(found({ texts: [...small, covered] }))).toEqual([
      expect.stringContaining("small 0"),
      expect.stringContaining("small 1"),
      expect.stringContaining("small 2"),
      "small: 5.0 px, where 10 px are the least: 6 more",
      expect.stringContaining("under"),
    ]);
  });
});

describe("addresses on this machine", () => {
  it.each([
    ["file:///report.html", true],
    ["data:text/plain,one", true],
    ["http://127.0.0.1:8080/events", true],
    ["http://127.1.2.3/", true],
    ["ws://localhost:1/", true],
    ["http://[::1]:80/", true],
    ["https://example.com/font.woff2", false],
    ["http://127.0.0.1.example.com/", false],
    ["wss://10.0.0.1/", false],
  ])("%s: %s", (url, is) => {
    expect(staysHere(url)).toBe(is);
  });
});
