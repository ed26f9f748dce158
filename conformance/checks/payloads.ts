import assert from "node:assert/strict";
import type { Check } from "../check.ts";

/** Largest body of a webhook that must be taken. */
export const maxBodyBytes = 64 * 1024;

/** Bodies as a sender may write them. */
const bodies = [
  "{}",
  "[]",
  "null",
  "true",
  "0",
  "-1.5e-7",
  '""',
  " \r\n\t{ } \r\n",
  '"\\n\\r\\r\\n\\n\\ndata: x\\n\\nevent: bye\\n"',
  '"\u2028 \u2029 \u0085 \\u2028"',
  '"\\u0000 between \\u0000"',
  '"\\u0001\\u001f\\u007f\\b\\f\\t\\"\\\\\\/"',
  '"Grüße, Ελλάδα, 日本語, العربية"',
  '"👋🏽 👩‍👩‍👧‍👦 \\ud83d\\ude00"',
  '"\\ud800"',
  '"\\udc00 alone, and \\ud800 too"',
  '"\ufeff in the middle \ufeff"',
  '{"":"","a":{"b":[{"c":null}]},"__proto__":{"x":1},"constructor":1,"toJSON":2,"length":3}',
  '{"id":-1,"type":"bye","hello":{"cursor":9},"gap":{"after":1,"next":9},"bye":{"reason":"no"}}',
  '{"_placeholder":true,"num":0}',
  "[".repeat(500) + "]".repeat(500),
  `[${"0,".repeat(5_000)}0]`,
];

export const payloadChecks: readonly Check[] = [
  {
    name: "delivers any JSON unchanged",
    question:
      "Do line breaks, NUL, emoji, lone surrogates, empty and nested values arrive as they were sent?",
    async run(target) {
      const reader = await target.read();
      const publisher = target.publisher();
      let last = 0;
      for (const body of bodies) last = await publisher.publishText(body);
      await reader.untilId(last);
      reader.assertIds(last - bodies.length + 1, last);
      for (const [index, body] of bodies.entries()) {
        const data = reader.events[index]?.data;
        const got = JSON.stringify(data)?.slice(0, 100);
        assert.deepEqual(data, JSON.parse(body), `expected the data ${body.slice(0, 100)}, got ${got}`);
      }
    },
  },
  {
    name: "takes a body of 64 KiB",
    question: "Is a webhook of exactly the largest size accepted and delivered whole?",
    async run(target) {
      const reader = await target.read();
      const publisher = target.publisher();
      // The largest by characters, and by bytes a character.
      const texts = ["x".repeat(maxBodyBytes - 2), "é".repeat((maxBodyBytes - 2) / 2)];
      let last = 0;
      for (const text of texts) last = await publisher.publishText(`"${text}"`);
      await reader.untilId(last);
      for (const [index, text] of texts.entries()) {
        const data = reader.events[index]?.data;
        assert(data === text, `expected the ${text.length} characters sent, got something else`);
      }
    },
  },
];
