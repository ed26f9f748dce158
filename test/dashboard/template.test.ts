import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drawSoon } from "../../servers/dashboard/template.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("draws the first change at once, others a few times a second, and the last one always", () => {
  let value = 0;
  const drawn: number[] = [];
  const draw = drawSoon(() => drawn.push(value));
  for (; value < 50; value++) {
    draw();
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(1_000);
  expect(drawn[0]).toBeLessThanOrEqual(1);
  expect(drawn.length).toBeLessThanOrEqual(6);
  expect(drawn.at(-1)).toBe(50);
});

it("is up to date also while nobody looks", () => {
  vi.stubGlobal("document", { hidden: true });
  const draw = vi.fn();
  drawSoon(draw)();
  vi.advanceTimersByTime(1);
  expect(draw).toHaveBeenCalledOnce();
});
