import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { OrderDetail } from "../../ipc/bindings";
import { orderDetail, plan, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const order = `/store/${store.key}/orders?open=48219`;

/** An order whose answer can be exchanged, as the backend does when something has changed. */
function openOrder({ mustConfirm }: { mustConfirm: boolean } = { mustConfirm: true }) {
  const answers = shop();
  let now: OrderDetail = orderDetail;
  answers["order"] = () => now;
  answers["draft_notes"] = ({ text }: { text: string | null }) => {
    now = { ...now, draftStaffNotes: text };
    return {};
  };
  answers["plan_change"] = () => ({ ...plan, fields: ["staffNotes"], mustConfirm });
  const { backend } = openWindow(order, answers);
  const becomes = (change: Partial<OrderDetail>) => {
    now = { ...now, ...change };
    backend.tell({ kind: "stale", store: store.key, tags: ["orders"] });
  };
  return { backend, becomes };
}

const inside = async () => within(await screen.findByRole("complementary", { name: "Order 48219" }));
const notes = async () => (await inside()).findByRole("textbox", { name: /^Staff notes/ });

const isLocked = () =>
  waitFor(async () => {
    if (!(await notes()).hasAttribute("disabled")) throw new Error("it can be typed in");
  });

async function save(text: string) {
  const user = userEvent.setup();
  await user.clear(await notes());
  await user.type(await notes(), text);
  await user.click((await inside()).getByRole("button", { name: /^Save note|^Preview/ }));
  return user;
}

describe("staff notes that were saved", () => {
  for (const isQuick of [false, true]) {
    it(`are nobody's unsaved text once they are undone (${isQuick ? "done at once" : "seen on their way"})`, async () => {
      const { becomes } = openOrder();
      await save("Ring twice");
      if (!isQuick) {
        const wanted = { kind: "text" as const, text: "Ring twice" };
        becomes({ draftStaffNotes: null, pending: [{ field: "staffNotes", wanted, state: "waiting", entry: "e1" }] });
        await isLocked();
      }
      becomes({ draftStaffNotes: null, staffNotes: "Ring twice", pending: [] });
      await waitFor(async () => expect((await inside()).queryByRole("button", { name: /^Save note/ })).toBeNull());
      becomes({ staffNotes: "Call first" });
      await waitFor(async () => expect(await notes()).toHaveValue("Call first"));
      expect((await inside()).queryByRole("button", { name: /^Save note/ })).toBeNull();
    });
  }

  it("go at once where nothing has to be asked", async () => {
    const { backend } = openOrder({ mustConfirm: false });
    await save("Ring twice");
    await waitFor(() => expect(backend.times("apply")).toBe(1));
    expect(backend.last("apply")).toMatchObject({ confirmed: false, confirmedTwice: false });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("stay typed where the preview is left", async () => {
    const { becomes } = openOrder();
    const user = await save("Ring twice");
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    becomes({ customer: "Customer 0" } as Partial<OrderDetail>);
    expect(await notes()).toHaveValue("Ring twice");
    expect((await inside()).getByRole("button", { name: /^Save note/ })).toBeVisible();
  });
});
