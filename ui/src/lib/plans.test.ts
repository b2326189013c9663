import { describe, expect, it } from "vitest";
import type { Plan, PlanItem } from "../ipc/bindings";
import { kindsOf, plan, planItem, productPlan } from "../testing/shop";
import { itemId, planAction, planThings, planTitle } from "./plans";

const priced = productPlan.items[0]!;

const named = (name: string, change: Partial<PlanItem>): PlanItem => ({
  ...priced,
  about: { kind: "product", name, sku: "" },
  ...change,
});

const made = (name: string) => named(name, { subject: { kind: "newProduct" }, doing: "create" });
const deleted = (name: string) => named(name, { doing: "delete" });

const of = (items: PlanItem[], more: Partial<Plan> = {}): Plan => ({
  ...plan,
  items,
  count: items.length,
  kinds: kindsOf(items),
  ...more,
});

const said = (made: Plan) => [planTitle(made), planAction(made)];

describe("what a plan says that it does", () => {
  it("names one thing, and counts several", () => {
    expect(said(of([planItem("1")]))).toEqual(["Change status of order 1", "Change to Shipped"]);
    expect(said(of([planItem("1"), planItem("2")]))).toEqual(["Change status of 2 orders", "Change 2 orders"]);
    expect(said(of([priced], { isUndo: true }))).toEqual(["Undo a change of Product 0", "Put it back"]);
    expect(said(of([made("Tarn Mug")]))).toEqual(["New product Tarn Mug", "Make product"]);
    expect(said(of([made("Tarn Mug"), made("Tarn Bowl")]))).toEqual(["Make 2 products", "Make 2 products"]);
    expect(said(of([deleted("Tarn Mug"), deleted("Tarn Bowl")]))).toEqual(["Delete 2 products", "Delete 2 products"]);
  });

  it("counts orders and products apart where it has both", () => {
    const both = [planItem("1"), planItem("2"), priced];
    expect(said(of(both))).toEqual(["Change 2 orders and 1 product", "Make 3 changes"]);
    expect(said(of(both, { isUndo: true }))).toEqual(["Undo changes of 2 orders and 1 product", "Put 3 changes back"]);
  });

  it("goes by all of its things, not by those that came with it", () => {
    const kinds = { orders: 120, products: 2, made: 0, deleted: 0 };
    const many = of([planItem("1")], { count: 122, kinds });
    expect(planTitle(many)).toBe("Change 120 orders and 2 products");
    expect(planThings(many)).toBe("120 orders and 2 products");
  });

  it("does not call it deleting where some products are only put back", () => {
    const mixed = of([deleted("Tarn Mug"), priced], { isUndo: true });
    expect(said(mixed)).toEqual(["Undo changes of 2 products", "Put 2 changes back"]);
  });

  it("tells several makings apart", () => {
    expect(itemId(made("Tarn Mug"))).not.toBe(itemId(made("Tarn Bowl")));
  });
});
