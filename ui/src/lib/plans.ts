import { t } from "../i18n";
import type { Plan, PlanItem, Subject } from "../ipc/bindings";
import { money } from "./money";
import { productName } from "./productName";
import { valueText } from "./values";

type Kind = "status" | "staffNotes" | "mixed";

function kindOf(plan: Plan): Kind {
  const [first, ...others] = plan.fields;
  if (others.length > 0) return "mixed";
  return first === "status" || first === "staffNotes" ? first : "mixed";
}

/** The status all orders of the plan get, where it is one and the same. */
function target(plan: Plan): string | null {
  return kindOf(plan) === "status" && plan.sameAfter ? valueText("status", plan.sameAfter) : null;
}

/** What a person calls a thing of a plan: an order's number, a product's name. */
export function itemName(item: PlanItem): string {
  if (item.about.kind === "product") {
    const { name } = item.about;
    return item.subject.kind === "product" ? productName({ name, id: item.subject.product }) : name;
  }
  return item.subject.kind === "order" ? item.subject.order : "";
}

/** What tells a thing of a plan from the others. */
export function subjectId(subject: Subject): string {
  switch (subject.kind) {
    case "order":
      return `order ${subject.order}`;
    case "product":
      return `product ${subject.product}`;
    case "newProduct":
      return "new product";
  }
}

/**
 * What tells an item of a plan from the others: of one thing there may be several, each with other fields, and of those
 * that are yet to be made none has the name of another.
 */
export function itemId(item: PlanItem): string {
  const made = item.subject.kind === "newProduct" ? [itemName(item)] : [];
  return [subjectId(item.subject), ...made, ...item.fields.map(({ field }) => field)].join(" ");
}

/** The requests that a thing takes, in order. */
export function requestWords(item: PlanItem): string {
  return item.requests.map((request) => t(`preview.request.${request}`)).join(t("preview.request.then"));
}

/** What a person knows a thing by besides its name. */
export function itemAside(item: PlanItem): string {
  return item.about.kind === "product"
    ? item.about.sku
    : [item.about.customer, money(item.about.total)].filter(Boolean).join(", ");
}

/** What the things of a plan have in common: what they are, and what is done with them. */
type Common = "orders" | "products" | "made" | "deleted" | "mixedProducts" | "both";

function common({ kinds }: Plan): Common {
  const { orders, products, made, deleted } = kinds;
  if (products + made + deleted === 0) return "orders";
  if (orders > 0) return "both";
  if (made + deleted === 0) return "products";
  if (products + deleted === 0) return "made";
  return products + made === 0 ? "deleted" : "mixedProducts";
}

/** Whether a plan is of orders, of products, or of both. */
export function planAbout(plan: Plan): "order" | "product" | "both" {
  const all = common(plan);
  return all === "orders" ? "order" : all === "both" ? "both" : "product";
}

/** How many orders and products a plan has. */
export function planThings(plan: Plan): string {
  const { orders } = plan.kinds;
  const ofOrders = t("preview.rows", { n: orders });
  const ofProducts = t("preview.rows.products", { n: plan.count - orders });
  const about = planAbout(plan);
  if (about === "both") return t("preview.rows.both", { orders: ofOrders, products: ofProducts });
  return about === "order" ? ofOrders : ofProducts;
}

/** What a plan does, as the title of its preview. */
export function planTitle(plan: Plan): string {
  const n = plan.count;
  const [first] = plan.items;
  if (!first) return t("preview.title.nothing");
  const name = itemName(first);
  switch (common(plan)) {
    case "orders":
      return plan.isUndo
        ? t("preview.title.undo", { n, order: name })
        : t(`preview.title.${kindOf(plan)}`, { n, order: name });
    case "products":
      return plan.isUndo ? t("preview.title.undoProduct", { n, name }) : t("preview.title.product", { n, name });
    case "made":
      return t("preview.title.create", { n, name });
    case "deleted":
      return t("preview.title.delete", { n, name });
    case "mixedProducts":
    case "both":
      return t(plan.isUndo ? "preview.title.undoThings" : "preview.title.things", { things: planThings(plan) });
  }
}

/** What a plan does, as its final button says it. */
export function planAction(plan: Plan): string {
  const n = plan.count;
  switch (common(plan)) {
    case "orders":
      return ordersAction(plan);
    case "products":
      return t(plan.isUndo ? "preview.apply.undoProducts" : "preview.apply.products", { n });
    case "made":
      return t("preview.apply.create", { n });
    case "deleted":
      return t("preview.apply.delete", { n });
    case "mixedProducts":
    case "both":
      return t(plan.isUndo ? "preview.apply.undoThings" : "preview.apply.things", { n });
  }
}

function ordersAction(plan: Plan): string {
  const n = plan.count;
  const label = target(plan);
  const kind = kindOf(plan);
  if (plan.isUndo) {
    if (n === 1 && label !== null) return t("preview.apply.undoStatus", { label });
    if (n === 1 && kind === "staffNotes") return t("preview.apply.undoNotes");
    return t("preview.apply.undoOrders", { n });
  }
  if (n === 1 && label !== null) return t("preview.apply.status", { label });
  if (kind === "staffNotes") return t("preview.apply.staffNotes", { n });
  return t("preview.apply.orders", { n });
}
