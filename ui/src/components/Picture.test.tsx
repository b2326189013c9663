import { act, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Picture } from "./Picture";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const image = (within: HTMLElement) => within.querySelector("img");

it("asks again for a picture that could not be had, and shows it when it comes", () => {
  const { container } = render(<Picture address="/picture/s/77/thumbnail?v=v0" name="Fjell Shell" size={32} />);
  const first = image(container);
  expect(first).toHaveAttribute("src", "/picture/s/77/thumbnail?v=v0");
  fireEvent.error(first!);
  expect(image(container)).toBeNull();
  expect(container).toHaveTextContent("FS");

  act(() => void vi.advanceTimersByTime(60_000));
  expect(image(container)).toBeNull();
  act(() => void vi.advanceTimersByTime(10_000));
  const second = image(container);
  expect(second).toHaveAttribute("src", "/picture/s/77/thumbnail?v=v0&again=1");
  fireEvent.load(second!);
  expect(container).not.toHaveTextContent("FS");
  act(() => void vi.advanceTimersByTime(600_000));
  expect(image(container)).toBe(second);
});

it("shows the picture of another thing at once, also after one that failed", () => {
  const { container, rerender } = render(<Picture address="/picture/s/77/thumbnail?v=v0" name="A" size={32} />);
  fireEvent.error(image(container)!);
  rerender(<Picture address="/picture/s/78/thumbnail?v=v1" name="B" size={32} />);
  expect(image(container)).toHaveAttribute("src", "/picture/s/78/thumbnail?v=v1");
});
