import { t } from "../i18n";
import type { Plan } from "../ipc/bindings";

type Kind = "status" | "staffNotes" | "mixed";

function kindOf(plan: Plan): Kind {
  const fields = new Set(plan.items.flatMap((item) => item.fields.map(({ field }) => field)));
  if (fields.size !== 1) return "mixed";
  return fields.has("status") ? "status" : "staffNotes";
}

/** The status all orders of the plan get, where it is one and the same. */
function target(plan: Plan): string | null {
  const labels = new Set(plan.items.flatMap((item) => item.fields.map(({ after }) => after)));
  const [only] = labels;
  return kindOf(plan) === "status" && labels.size === 1 && only !== undefined ? only : null;
}

/** What a plan does, as the title of its preview. */
export function planTitle(plan: Plan): string {
  const n = plan.items.length;
  const order = plan.items[0]?.order ?? "";
  if (n === 0) return t("preview.title.nothing");
  if (plan.isUndo) return t("preview.title.undo", { n, order });
  return t(`preview.title.${kindOf(plan)}`, { n, order });
}

/** What a plan does, as its final button says it. */
export function planAction(plan: Plan): string {
  const n = plan.items.length;
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
