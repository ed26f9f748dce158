/** The servers that a reader looks at: an interactive page sets it, and what is about others fades. Empty: all. */
export const focusParam = { name: "focus", value: [] as string[] };

/** What fades is still there to compare with. */
const fadedOpacity = 0.12;

/** The opacity of a mark whose data name their `server`; what is about none, such as the arm of a lab, stays. */
export function focused(opacity = 1) {
  return {
    condition: {
      test: "length(focus) > 0 && isValid(datum.server) && indexof(focus, datum.server) < 0",
      value: Math.min(opacity, fadedOpacity),
    },
    value: opacity,
  };
}
