import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { FieldValue } from "../ipc/bindings";
import { FieldValues } from "./FieldValues";

const text = (words: string): FieldValue => ({ kind: "text", text: words });
const rest = Array.from({ length: 12 }, (_, at) => `<p>Paragraph ${at} of the description.</p>`).join("");

describe("a field before and after", () => {
  it("stands side by side where it is long, with what differs marked and the rest folded", async () => {
    render(
      <FieldValues field="description" before={text(`${rest}<p>In oak.</p>`)} after={text(`${rest}<p>In ash.</p>`)} />,
    );
    const sides = screen.getByRole("table", { name: "Description" });
    expect(within(sides).getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual(["Before", "After"]);
    expect(within(sides).getByRole("deletion")).toHaveTextContent("oak");
    expect(within(sides).getByRole("insertion")).toHaveTextContent("ash");
    expect(sides).not.toHaveTextContent("Paragraph 3");
    expect(sides).toHaveTextContent("Paragraph 11");
    await userEvent.click(within(sides).getByRole("button", { name: "11 lines are the same" }));
    expect(sides).toHaveTextContent("Paragraph 3");
    expect(sides.textContent.match(/Paragraph 3 /g)).toHaveLength(2);
  });

  it("shows a break that was added", () => {
    render(<FieldValues field="staffNotes" before={text("one\ntwo")} after={text("one\n\ntwo")} />);
    expect(screen.getByRole("insertion")).toHaveTextContent("↵");
  });

  it("stands in a line where it is short, and alone where there is but one", async () => {
    const { rerender } = render(<FieldValues field="name" before={text("Oak table")} after={text("")} />);
    expect(screen.queryByRole("table")).toBeNull();
    expect(screen.getByText("Oak table")).toBeVisible();
    expect(screen.getByText("empty")).toBeVisible();
    rerender(<FieldValues field="description" before={null} after={text(rest)} />);
    expect(screen.queryByText(/Paragraph 11/)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show all of it" }));
    expect(screen.getByText(/Paragraph 11/)).toBeVisible();
  });
});
