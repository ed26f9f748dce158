import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { liveEmbed, liveNames, pictureSize, picturesFolder } from "../../../slides/live/embed.ts";

/** Width and height stand at fixed places of a PNG (RFC 2083, section 4.1.1). */
function sizeOf(png: Buffer) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

it.each(liveNames)("%s is a frame where it is served, which loads when its slide is shown", (name) => {
  const { text } = liveEmbed(name, "http://127.0.0.1:8080/?a=1&b");
  expect(text).toContain('data-src="http://127.0.0.1:8080/?a=1&amp;b"');
  expect(text).not.toMatch(/<img|\ssrc=/);
  expect(text).toContain('<form method="post" action="/live/call">');
});

it.each(liveNames)("%s is a picture where it is not, with words for it and the day", (name) => {
  const { text } = liveEmbed(name, undefined);
  expect(text).toContain(`src="pictures/${name}.png"`);
  expect(text).toMatch(/alt="[^"]{80,}"/);
  expect(text).toMatch(/<time datetime="\d{4}-\d\d-\d\d">\d+ [A-Z][a-z]+ \d{4}<\/time>/);
  expect(text).not.toMatch(/iframe|form/);
  const file = new URL(`${name}.png`, picturesFolder);
  expect(existsSync(file)).toBe(true);
  const png = readFileSync(file);
  expect(sizeOf(png)).toEqual(pictureSize);
  expect(png.length).toBeLessThan(300_000);
});
