/** Answered at once, with next to no work. */
export const lightPath = "/light";

/** Answered when the computation is done. */
export const heavyPath = "/heavy";

export const lightBody = "done";
