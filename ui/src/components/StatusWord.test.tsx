import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { StatusWord } from "./StatusWord";

function markOf(statusId: number) {
  const { container, unmount } = render(<StatusWord statusId={statusId} label="Label" />);
  const svg = container.querySelector("svg");
  const mark = `${svg?.dataset["shape"]} ${svg?.dataset["kind"]}`;
  unmount();
  return mark;
}

describe("a status", () => {
  it("has the mark of its id", () => {
    const marks = Object.fromEntries(Array.from({ length: 15 }, (_, id) => [id, markOf(id)]));
    expect(marks).toEqual({
      0: "dashed idle",
      1: "ring warn",
      2: "full ok",
      3: "half ok",
      4: "full back",
      5: "barred idle",
      6: "cross bad",
      7: "ring warn",
      8: "half info",
      9: "full info",
      10: "tick ok",
      11: "full warn",
      12: "triangle bad",
      13: "full bad",
      14: "half back",
    });
  });

  it("that is new to us has a plain ring and the store's word", () => {
    render(<StatusWord statusId={99} label="On the shelf" />);
    expect(screen.getByText("On the shelf")).toBeVisible();
    expect(markOf(99)).toBe("ring idle");
  });

  it("on its way shows what it becomes", () => {
    const { container } = render(<StatusWord statusId={11} label="Awaiting Fulfillment" becoming="Completed" />);
    expect(screen.getByText("to Completed")).toBeVisible();
    expect(container.querySelector("svg")?.dataset["shape"]).toBe("turning");
  });
});
