import { expect, test } from "vitest";
import { fitLine, fitLines, textWidth } from "../../../../bench/charts/drawing/text-width.ts";

test("widths are at or a little above those of Helvetica", () => {
  // By the font's metrics "threads-streaming" is 8.06 em wide and "1,000 ms" 4.11 em.
  expect(textWidth("threads-streaming", 10)).toBeGreaterThan(80.6);
  expect(textWidth("threads-streaming", 10)).toBeLessThan(100);
  expect(textWidth("1,000 ms", 10)).toBeGreaterThan(41.1);
});

test("lines are broken or cut to a width", () => {
  const lines = fitLines("a failed trial says why it failed", 10, 80);
  expect(lines.join(" ")).toBe("a failed trial says why it failed");
  for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(80);
  const cut = fitLine("a failed trial says why it failed", 10, 80);
  expect(cut).toMatch(/^a failed.*…$/);
  expect(textWidth(cut, 10)).toBeLessThanOrEqual(80);
  expect(fitLine("short", 10, 80)).toBe("short");
});

test("a word that no line holds is broken after a slash, or anywhere, and nothing of it is lost", () => {
  expect(fitLines("3:1 (websocket.org/quantum.html)", 10, 100)).toEqual([
    "3:1 (websocket.org/",
    "quantum.html)",
  ]);
  const lines = fitLines("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10, 60);
  expect(lines.join("")).toBe("a".repeat(32));
  for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(60);
  expect(fitLines("wide", 10, 1)).toEqual(["w", "i", "d", "e"]);
});
