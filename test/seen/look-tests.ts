/** Whether the look at a page finds what is wrong, and that alone: pages with one fault each. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "../../cli/chromium.ts";
import type { Asked } from "./findings.ts";
import { faultsSeen, look } from "./look.ts";
import { openWatched, type WatchedPage } from "./watched-page.ts";

const size = { width: 1_280, height: 720 } as const;

export function lookTests(browser: () => Browser): void {
  describe("the look itself", () => {
    let watched: WatchedPage;
    beforeAll(async () => {
      watched = await openWatched(browser(), size);
    });
    afterAll(() => watched.close());

    const seenOn = async (body: string, asked: Asked = { leastFontSize: 10 }) => {
      await watched.page.setContent(`<!doctype html><style>body { margin: 8px }</style>${body}`);
      return (await faultsSeen(watched.page, asked)).map((fault) => fault.replace(/ \[.*\]$/, ""));
    };
    const svg = (content: string) =>
      `<svg width="200" height="100" style="display: block"><rect width="200" height="100" fill="#ffffff"/>${content}</svg>`;

    test("finds nothing where nothing is wrong", async () => {
      const page = `<h1>One</h1><p>Two<br>three</p><div style="overflow: auto; width: 90px"><pre>${"wide ".repeat(40)}</pre></div>
      <details><summary>More</summary><p style="position: absolute; top: 0">hidden</p></details>
      <span style="position: absolute; clip-path: inset(50%)">for readers alone</span>
      <p style="opacity: 0; position: absolute; top: 0">unseen</p>
      <div style="overflow: hidden; height: 20px"><p style="visibility: hidden; margin-top: 50px">waits</p></div>
      ${svg(`<text x="10" y="50">label</text><text x="100" y="50">other</text>`)}`;
      expect(await seenOn(page)).toEqual([]);
    });

    test.each<[string, string, RegExp]>([
      [
        "texts over each other",
        `<p>under</p><p style="margin-top: -30px">over</p>`,
        /^overlap: “under” and “over”/,
      ],
      [
        "lines over each other",
        `<p style="line-height: 8px">one line<br>another line</p>`,
        /^overlap: “one line” and “another/,
      ],
      [
        "labels over each other",
        svg(`<text x="10" y="50">label</text><text x="20" y="54">other</text>`),
        /^overlap: “label” and “other”/,
      ],
      [
        "labels moved over each other",
        svg(
          `<text x="10" y="50">label</text><g transform="translate(12 0)"><text x="0" y="52">other</text></g>`,
        ),
        /^overlap: “label”/,
      ],
      [
        "a text over a picture",
        `<div style="height: 20px">${svg("")}</div><p>below</p>`,
        /^overlap: “picture .*svg” and “below”/,
      ],
      [
        "a label that leaves its picture",
        svg(`<text x="180" y="50">too long</text>`),
        /^cut: “too long” by svg/,
      ],
      [
        "a text that is cut",
        `<p style="overflow: hidden; width: 50px; white-space: nowrap">cut off here</p>`,
        /^cut: “cut off here” by p/,
      ],
      [
        "a text that is cut below",
        `<div style="overflow: hidden; height: 60px"><p>one</p><p>two</p></div>`,
        /^cut: “two” by div/,
      ],
      [
        "what hides a part of what it holds",
        `<div style="overflow: hidden; width: 50px"><div style="width: 90px; height: 9px"></div></div>`,
        /^cropped: holds 90 × 9 px and shows 50 × 9 px/,
      ],
      [
        "a text out of its plate",
        `<p style="background: #eee; width: 30px; white-space: nowrap">too long for it</p>`,
        /^spilled: “too long for it” out of/,
      ],
      ["small letters", `<p style="font-size: 9px">small</p>`, /^small: “small” 9\.0 px/],
      [
        "letters made small",
        `<div style="transform: scale(0.5)"><p>small</p></div>`,
        /^small: “small” 8\.0 px/,
      ],
      [
        "labels made small",
        `<svg viewBox="0 0 200 100" width="100" height="50"><text x="1" y="50" font-size="16">small</text></svg>`,
        /^small: “small” 8\.0 px/,
      ],
      [
        "faint letters",
        `<p style="color: #999; background: #fff">faint</p>`,
        /^faint: “faint” #999999 on #ffffff: 2\.85 to 1/,
      ],
      [
        "letters that are partly seen through",
        `<p style="color: #000; background: #fff; opacity: 0.4">faint</p>`,
        /^faint: “faint” #999999/,
      ],
      [
        "a label on a mark like it",
        svg(`<rect x="0" y="30" width="100" height="40" fill="#333"/><text x="10" y="50">label</text>`),
        /^faint: “label” #000000 on #333333/,
      ],
      [
        "a label under a mark",
        svg(`<text x="10" y="50">label</text><path d="M0 30h100v40h-100z" fill="#eee"/>`),
        /^covered: “label” by/,
      ],
      [
        "a page that is too wide",
        `<div style="width: 1400px; height: 1px"></div>`,
        /^scrolls sideways: the page is 1408 px/,
      ],
      ["an id given twice", `<p id="a">one</p><p id="a">two</p>`, /^repeated id: “a”/],
    ])("finds %s", async (_what, body, expected) => {
      expect((await seenOn(body)).join("\n")).toMatch(expected);
    });

    test("finds what does not fit the window, where it has to", async () => {
      const low = `<p style="position: absolute; top: 712px; margin: 0">low</p>`;
      expect(await seenOn(low)).toEqual([]);
      expect(await seenOn(low, { leastFontSize: 10, fitsWindow: true })).toEqual([
        expect.stringMatching(/^cut: “low” by the window/),
      ]);
    });

    test("reads where the ink is, not the line", async () => {
      await watched.page.setContent(`<p style="font: 100px/300px sans-serif; margin: 0">x</p>`);
      const [text] = (await look(watched.page)).texts;
      const { top = 0, bottom = 0 } = text?.box ?? {};
      expect(bottom - top).toBeGreaterThan(40);
      expect(bottom - top).toBeLessThan(70);
    });

    test("overlooks no error, warning or request of a page, and lets none out", async () => {
      const { page, faults, close } = await openWatched(browser(), size);
      try {
        await page.setContent("<!doctype html><p>one</p>");
        const elsewhere = page.waitForEvent("requestfailed");
        await page.evaluate(() => {
          console.error("said");
          console.warn("warned");
          console.log("told");
          void fetch("https://example.com/font.woff2").catch(() => {});
          setTimeout(() => {
            throw new Error("thrown");
          });
        });
        await elsewhere;
        await expect.poll(() => faults.join("\n")).toContain("threw: thrown");
        const all = faults.join("\n");
        for (const part of [
          "console: said",
          "console: warned",
          "asked elsewhere: https://example.com/font.woff2",
        ])
          expect(all).toContain(part);
        expect(all).not.toContain("told");
      } finally {
        await close();
      }
    });
  });
}
