/** How far a start has come. */
export type Stage =
  /** Its files are there, and the first of its code runs. */
  | "begun"
  /** All code that the first frame needs has been run once. */
  | "run"
  /** What the host has answered ahead is there. */
  | "answered"
  /** What is shown first has been put on the page; the web view has yet to paint it. */
  | "put";

/** Notes the moment in the page's own timeline, where the benchmark of the start finds it. Nothing else looks. */
export function reached(stage: Stage): void {
  performance.mark(`stockroom.${stage}`);
}

// What is imported first runs first.
reached("begun");
