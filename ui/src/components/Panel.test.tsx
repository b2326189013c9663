import { act, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Panel } from "./Panel";

/** How high things are: what stands above the button, and what the content has in all. */
type Heights = { above: number; content: number };

const paneTop = 100;
const paneHeight = 400;

const shown = ({ above, content }: Heights) => (
  <Panel label="Order 1" title="1" controls={null}>
    <div data-testid="sections" data-above={above} data-content={content}>
      <button type="button">Save note</button>
    </div>
  </Panel>
);

/** Draws a panel, and stands in for the browser that would lay it out and let it scroll. */
function laidOut(first: Heights) {
  const { rerender } = render(shown(first));
  const button = screen.getByRole("button", { name: "Save note" });
  const sections = screen.getByTestId("sections");
  const content = sections.parentElement!;
  const pane = content.parentElement!;
  let scrolled = 0;
  const room = () => Number(content.style.paddingBottom.replace("px", ""));
  const height = () => Number(sections.dataset["content"]) + room();
  const scrollTop = () => (scrolled = Math.max(0, Math.min(scrolled, height() - paneHeight)));
  Object.defineProperties(pane, {
    clientHeight: { get: () => paneHeight },
    scrollHeight: { get: () => Math.max(paneHeight, height()) },
    scrollTop: {
      get: scrollTop,
      set: (to: number) => {
        scrolled = to;
        scrollTop();
      },
    },
  });
  pane.getBoundingClientRect = () => new DOMRect(0, paneTop, 300, paneHeight);
  content.getBoundingClientRect = () => new DOMRect(0, paneTop - scrollTop(), 300, height());
  button.getBoundingClientRect = () =>
    new DOMRect(0, paneTop - scrollTop() + Number(sections.dataset["above"]), 100, 28);
  return {
    room,
    top: () => button.getBoundingClientRect().top,
    focus: () => act(() => button.focus()),
    becomes: (heights: Heights) => rerender(shown(heights)),
    scrollTo: (to: number) => {
      pane.scrollTop = to;
      pane.dispatchEvent(new Event("scroll"));
    },
  };
}

describe("what a person has under hand stays where it is while something comes or goes above", () => {
  it("where the content is long", () => {
    const panel = laidOut({ above: 200, content: 900 });
    panel.focus();
    panel.becomes({ above: 300, content: 1000 });
    expect(panel.top()).toBe(300);
    expect(panel.room()).toBe(0);
  });

  it("where the content ends before the pane could scroll as far", () => {
    const panel = laidOut({ above: 100, content: 350 });
    panel.focus();
    panel.becomes({ above: 200, content: 450 });
    expect(panel.top()).toBe(200);
    expect(panel.room()).toBe(50);
    panel.becomes({ above: 230, content: 480 });
    expect(panel.top()).toBe(200);
  });

  it("where something goes again, and the pane can't stay scrolled as far", () => {
    const panel = laidOut({ above: 100, content: 350 });
    panel.focus();
    panel.becomes({ above: 200, content: 450 });
    panel.becomes({ above: 160, content: 410 });
    expect(panel.top()).toBe(200);
    panel.becomes({ above: 160, content: 380 });
    expect(panel.top()).toBe(200);
    panel.becomes({ above: 180, content: 600 });
    expect(panel.top()).toBe(200);
    expect(panel.room()).toBe(0);
  });

  it("where the content doesn't even fill the pane", () => {
    const panel = laidOut({ above: 100, content: 150 });
    panel.focus();
    panel.becomes({ above: 200, content: 250 });
    expect(panel.top()).toBe(200);
  });
});

describe("the empty stretch that this takes", () => {
  it("goes as the content grows into it", () => {
    const panel = laidOut({ above: 100, content: 350 });
    panel.focus();
    panel.becomes({ above: 200, content: 450 });
    panel.becomes({ above: 200, content: 480 });
    expect(panel.room()).toBe(20);
    panel.becomes({ above: 200, content: 700 });
    expect(panel.room()).toBe(0);
    expect(panel.top()).toBe(200);
  });

  it("goes as far as one scrolls away from it, and doesn't come back", () => {
    const panel = laidOut({ above: 100, content: 350 });
    panel.focus();
    panel.becomes({ above: 200, content: 450 });
    panel.scrollTo(70);
    expect(panel.room()).toBe(20);
    panel.scrollTo(100);
    expect(panel.room()).toBe(20);
    panel.scrollTo(10);
    expect(panel.room()).toBe(0);
  });
});
