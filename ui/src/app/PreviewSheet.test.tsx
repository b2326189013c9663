import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { PreviewSheet } from "../components/PreviewSheet";
import type { Plan } from "../ipc/bindings";
import { fakeBackend } from "../testing/fakeBackend";
import { kindsOf, plan, planItem, productPlan } from "../testing/shop";
import { PlanRows } from "./PlanRows";

function show(change: Partial<Plan> = {}) {
  const onApply = vi.fn<(twice: boolean) => void>();
  const onCancel = vi.fn<() => void>();
  const shown = { ...plan, ...(change.items ? { kinds: kindsOf(change.items) } : {}), ...change };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PreviewSheet
        plan={shown}
        rows={<PlanRows plan={shown} />}
        busy={false}
        error={null}
        onApply={onApply}
        onCancel={onCancel}
      />
    </QueryClientProvider>,
  );
  return { onApply, onCancel, user: userEvent.setup() };
}

describe("a preview", () => {
  it("shows before and after, what is sent and what it sets off", () => {
    show();
    expect(screen.getByRole("dialog", { name: "Change status of order 48219" })).toBeVisible();
    expect(screen.getByText("Awaiting Fulfillment")).toBeVisible();
    expect(screen.getByText("2 requests")).toBeVisible();
    expect(screen.getByText("About 1 second")).toBeVisible();
    expect(screen.getByText("The shopper may get an e-mail")).toBeVisible();
    expect(screen.getByText(/No money moves/)).toBeVisible();
    expect(screen.getByText("Written to the journal before it is sent")).toBeVisible();
  });

  it("repeats the action on its final button", async () => {
    const { onApply, user } = show();
    await user.click(screen.getByRole("button", { name: "Change to Shipped" }));
    expect(onApply).toHaveBeenCalledExactlyOnceWith(false);
  });

  it("shows every order, not a sample, and names those that stay out", () => {
    show({
      count: 3,
      items: ["1", "2", "3"].map(planItem),
      leftOutCount: 2,
      leftOut: [
        { subject: { kind: "order", order: "4" }, because: "alreadySo" },
        { subject: { kind: "order", order: "5" }, because: "changeOnItsWay" },
      ],
    });
    expect(screen.getByRole("dialog", { name: "Change status of 3 orders" })).toBeVisible();
    expect(screen.getByRole("grid")).toHaveAttribute("aria-rowcount", "4");
    expect(screen.getByText("Order 4")).toBeVisible();
    expect(screen.getByText("already as wanted")).toBeVisible();
    expect(screen.getByText("another change of it is still on its way")).toBeVisible();
    expect(screen.getByRole("button", { name: "Change 3 orders" })).toBeEnabled();
  });

  it("asks a second time where a plan wants that", async () => {
    const { onApply, user } = show({ count: 2, items: ["1", "2"].map(planItem), askTwice: ["manyThings"] });
    await user.click(screen.getByRole("button", { name: "Change 2 orders" }));
    expect(onApply).not.toHaveBeenCalled();
    expect(screen.getByRole("alertdialog", { name: "Really change 2 orders?" })).toBeVisible();
    const question = screen.getByRole("alertdialog");
    await user.click(within(question).getByRole("button", { name: "Change 2 orders" }));
    expect(onApply).toHaveBeenCalledExactlyOnceWith(true);
  });

  it("says every reason for asking twice, and marks the rows whose price slipped", async () => {
    const items = ["1", "2"].map(planItem);
    items[1]!.movesPriceFar = true;
    const { user } = show({ count: 2, items, askTwice: ["priceMovesFar", "manyThings"] });
    expect(screen.getAllByRole("img", { name: "The price moves by more than half" })).toHaveLength(1);
    const row = screen.getAllByRole("row")[2]!;
    expect(within(row).getByRole("img", { name: "The price moves by more than half" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Change 2 orders" }));
    const question = screen.getByRole("alertdialog", { name: "Really change prices this much?" });
    expect(question).toHaveTextContent("marked in the list");
    expect(question).toHaveTextContent("This is a large change");
  });

  it("says of each row what it sets off and which requests it takes", () => {
    const [first, second] = ["1", "2"].map(planItem);
    show({ count: 2, items: [first!, { ...second!, effects: ["noEmail"], requests: ["readTogether", "writeTogether"] }] });
    const [, mails, quiet] = screen.getAllByRole("row");
    expect(within(mails!).getByRole("img", { name: "The shopper may get an e-mail" })).toBeVisible();
    expect(within(quiet!).queryByRole("img", { name: "The shopper may get an e-mail" })).toBeNull();
    expect(screen.getByText("For some of them: read again, send")).toBeVisible();
    expect(screen.getByText("For some of them: read with others, send with others")).toBeVisible();
  });

  it("says which requests each of them takes where they all take the same", () => {
    show({ count: 2, items: ["1", "2"].map(planItem) });
    expect(screen.getByText("For each of them: read again, send")).toBeVisible();
  });

  it("says nothing of each of them where some are not at hand, which may take others", () => {
    fakeBackend({ plan_rows: () => new Promise(() => undefined) });
    show({ count: 300, items: ["1", "2"].map(planItem) });
    expect(screen.getByText("For some of them: read again, send")).toBeVisible();
    expect(screen.queryByText(/For each of them/)).toBeNull();
  });

  it("of orders and products names both, in its title, its rows and what stays out", async () => {
    const items = [planItem("1"), planItem("2"), ...productPlan.items];
    const { user } = show({
      count: 3,
      items,
      isUndo: true,
      askTwice: ["manyThings"],
      leftOutCount: 2,
      leftOut: [
        { subject: { kind: "product", product: "78" }, because: "alreadySo" },
        { subject: { kind: "order", order: "5" }, because: "changedSince" },
      ],
    });
    expect(screen.getByText("changed since, by you or somebody else, so it is left as it is")).toBeVisible();
    expect(screen.getByRole("dialog", { name: "Undo changes of 2 orders and 1 product" })).toBeVisible();
    expect(screen.getByText("Up to 2 shoppers may get an e-mail")).toBeVisible();
    expect(screen.getByRole("columnheader", { name: "Order or product" })).toBeVisible();
    const [, order, , product] = screen.getAllByRole("row");
    expect(order).toHaveTextContent(/Order 1.*Customer 0/);
    expect(product).toHaveTextContent(/Product 0.*P-0/);
    expect(screen.getByText("Order 5")).toBeVisible();
    expect(screen.getByText("Product 78")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Put 3 changes back" }));
    expect(screen.getByRole("alertdialog", { name: "Really make 3 changes?" })).toBeVisible();
  });

  it("tells two changes of one order apart", () => {
    const [status, notes] = [planItem("1"), planItem("1")];
    notes.fields = [{ ...notes.fields[0]!, field: "staffNotes" }];
    const failed = vi.spyOn(console, "error");
    show({ count: 2, items: [status, notes], isUndo: true });
    expect(screen.getByRole("grid")).toHaveAttribute("aria-rowcount", "3");
    expect(failed).not.toHaveBeenCalled();
    failed.mockRestore();
  });

  it("does not say of what can’t be put back that it can", () => {
    show({ isUndo: true, undoable: false, effects: ["noEmail", "cannotBePutBack"] });
    expect(screen.getByText(/It can’t be put back/)).toBeVisible();
    expect(screen.queryByText(/can be changed again/)).toBeNull();
  });

  it("of a read-only store can be looked at only, and says why", () => {
    show({ readOnly: true });
    const button = screen.getByRole("button", { name: "Change to Shipped" });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription("This store is read-only here");
  });

  it("of nothing sends nothing", () => {
    show({
      count: 0,
      items: [],
      leftOutCount: 1,
      leftOut: [{ subject: { kind: "order", order: "4" }, because: "alreadySo" }],
    });
    expect(screen.getByRole("dialog", { name: "Nothing to change" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Change 0 orders" })).toBeDisabled();
  });

  it("is left with Esc, which applies nothing", async () => {
    const { onApply, onCancel, user } = show();
    await user.keyboard("{Escape}");
    expect(onCancel).toHaveBeenCalledOnce();
    expect(onApply).not.toHaveBeenCalled();
  });

  it("does not move anything by Enter alone", async () => {
    const { onApply, user } = show();
    await user.keyboard("{Enter}");
    expect(onApply).not.toHaveBeenCalled();
  });
});
