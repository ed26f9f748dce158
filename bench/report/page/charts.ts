import type { LiveChart } from "./live-chart.ts";
import { markAt, marksInOrder } from "./marks.ts";
import type { Tooltip } from "./tooltip.ts";

/** Makes charts live as the reader comes near them. */
export function startNearby(charts: readonly LiveChart[]): void {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const chart = charts.find(({ place }) => place === target);
        if (!isIntersecting || chart === undefined) continue;
        near.unobserve(target);
        void chart.start();
      }
    },
    { rootMargin: "25%" },
  );
  for (const { place } of charts) near.observe(place);
}

/** Has the marks of a chart tell their figures to whoever points at them, by pointer or by key. */
export function tellOf({ place }: LiveChart, tooltip: Tooltip): void {
  const point = ({ target, clientX, clientY }: PointerEvent) => {
    const mark = markAt(place, target, clientX, clientY);
    if (mark === undefined) tooltip.hide();
    else tooltip.point(mark, clientX, clientY);
  };
  place.addEventListener("pointermove", point);
  place.addEventListener("pointerdown", point);
  place.addEventListener("pointerleave", ({ relatedTarget }) => {
    if (!tooltip.contains(relatedTarget)) tooltip.hide();
  });
  place.addEventListener("blur", () => tooltip.hide());
  tellByKey(place, tooltip);
}

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function tellByKey(place: HTMLElement, tooltip: Tooltip): void {
  let at = -1;
  place.addEventListener("blur", () => {
    at = -1;
  });
  place.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const marks = marksInOrder(place);
    at = step(at, marks.length - 1);
    const mark = marks[at];
    if (mark === undefined) return;
    // The mark is brought into view instead of the chart being scrolled by a little.
    event.preventDefault();
    tooltip.tell(mark);
  });
}
