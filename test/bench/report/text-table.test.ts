import { expect, test } from "vitest";
import { textTable } from "../../../bench/report/text-table.ts";
import { wrap, wrapIndented, wrapTightly } from "../../../bench/report/wrap.ts";

const columns = [
  { title: "server", align: "left" as const },
  { title: "time until the last", align: "right" as const },
  { title: "n", align: "right" as const },
];

test("columns are aligned, titles broken, and a short row runs on without making columns wide", () => {
  expect(
    textTable(columns, [
      ["ws", "\u001b[1m0.31 ms\u001b[22m", "3"],
      ["threads-polling", "failed, for a reason that is long"],
    ]),
  ).toEqual([
    "                 time until the",
    "server                     last  n",
    "───────────────  ──────────────  ─",
    "ws                      \u001b[1m0.31 ms\u001b[22m  3",
    "threads-polling  failed, for a reason that is long",
  ]);
});

test("text is broken at spaces only", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("extraordinarily so", 5)).toEqual(["extraordinarily", "so"]);
  expect(wrap("  ", 5)).toEqual([]);
});

test("further lines stand to the right, and a word that is too long goes on there where there is no room", () => {
  expect(wrapIndented("one two three", 9)).toEqual(["one two", "  three"]);
  expect(wrapIndented("extraordinarily so", 7)).toEqual(["extraordinarily", "  so"]);
  expect(wrapTightly("so extraordinarily", 9)).toEqual(["so", "  extraor", "  dinaril", "  y"]);
});
