import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { PaneEdge } from "./PaneEdge";

it("counts each key, also where the width before is not drawn yet", () => {
  const onWidth = vi.fn<(width: number) => void>();
  const edge = (width: number) => <PaneEdge width={width} min={320} usual={420} max={560} onWidth={onWidth} />;
  const { rerender } = render(edge(420));
  const separator = screen.getByRole("separator", { name: "Width of the panel" });
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight"]) fireEvent.keyDown(separator, { key });
  expect(onWidth.mock.calls).toEqual([[436], [452], [468], [452]]);

  // What is drawn is what the next key counts from.
  rerender(edge(520));
  fireEvent.keyDown(separator, { key: "ArrowLeft", shiftKey: true });
  expect(onWidth).toHaveBeenLastCalledWith(560);
});
