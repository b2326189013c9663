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

/** What tells an item of a plan from the others: of one thing there may be several, each with other fields. */
export function itemId(item: PlanItem): string {
  return [subjectId(item.subject), ...item.fields.map(({ field }) => field)].join(" ");
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

const isOfProducts = (plan: Plan) => plan.items.some(({ about }) => about.kind === "product");

/** What a plan does, as the title of its preview. */
export function planTitle(plan: Plan): string {
  const n = plan.count;
  const [first] = plan.items;
  if (!first) return t("preview.title.nothing");
  const name = itemName(first);
  if (isOfProducts(plan)) {
    if (first.doing === "create") return t("preview.title.create", { name });
    if (first.doing === "delete") return t("preview.title.delete", { n, name });
    return plan.isUndo ? t("preview.title.undoProduct", { n, name }) : t("preview.title.product", { n, name });
  }
  if (plan.isUndo) return t("preview.title.undo", { n, order: name });
  return t(`preview.title.${kindOf(plan)}`, { n, order: name });
}

/** What a plan does, as its final button says it. */
export function planAction(plan: Plan): string {
  const n = plan.count;
  if (isOfProducts(plan)) {
    const doing = plan.items[0]?.doing;
    if (doing === "create") return t("preview.apply.create");
    if (doing === "delete") return t("preview.apply.delete", { n });
    return plan.isUndo ? t("preview.apply.undoProducts", { n }) : t("preview.apply.products", { n });
  }
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
