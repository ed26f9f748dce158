import { expect, test } from "vitest";
import { compactSvg } from "../../../../bench/charts/drawing/compact-svg.ts";

test("parts say no more than can be seen, and texts stay as they are", () => {
  const svg =
    '<svg width="9"><g role="graphics-object" aria-roledescription="group mark container">' +
    `<text transform="translate(1.23456,-0.999)" font-family="Arial, 'A B'" opacity="1">0.12345 opacity="1"</text>` +
    `<text font-family="Arial, 'A B'" opacity="0.5">b</text><path aria-hidden="true" d="M1.005,2.5"/></g></svg>`;
  expect(compactSvg(svg)).toBe(
    `<svg font-family="Arial, 'A B'" width="9"><g>` +
      `<text transform="translate(1.23,-1)">0.12345 opacity="1"</text>` +
      `<text opacity="0.5">b</text><path d="M1,2.5"/></g></svg>`,
  );
});

test("fonts that differ stay with their texts", () => {
  const svg = '<svg><text font-family="A">a</text><text font-family="B">b</text></svg>';
  expect(compactSvg(svg)).toBe(svg);
});
