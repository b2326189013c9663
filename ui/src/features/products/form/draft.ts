import { type FieldName, type Typed, type Values, fieldNames, meant, same, shownAs } from "./values";

/** One field that was typed in. */
export type TypedField<F extends FieldName = FieldName> = {
  /** What was typed, as it was typed. */
  typed: Typed<F>;
  /** The store's value when that began: if it is another one now, somebody else has changed it meanwhile. */
  base: Values[F];
};

/** What was typed and not applied yet, field by field. */
export type Draft = {
  /** The fields that were typed in. */
  fields: { [F in FieldName]?: TypedField<F> };
  /** The journal's entry, once it was sent off. Until that is done, the draft stays. */
  sent: string | null;
};

/** Nothing was typed. */
export const noDraft: Draft = { fields: {}, sent: null };

/** A field as the form shows it. */
export type FieldState<F extends FieldName = FieldName> = {
  /** What stands in it. */
  typed: Typed<F>;
  /** What that means; `null` if nothing. */
  value: Values[F] | null;
  /** The store's value. */
  store: Values[F];
  /** It means something else than what the store has. */
  changed: boolean;
  /** The store's value is no longer the one that was typed over. */
  meanwhile: boolean;
};

/** What a field holds, given what the store has now. */
export function fieldState<F extends FieldName>(
  draft: Draft,
  store: Values,
  field: F,
  currency: string,
): FieldState<F> {
  const entry = draft.fields[field] as TypedField<F> | undefined;
  const now = store[field];
  if (!entry) {
    return { typed: shownAs(field, now, currency), value: now, store: now, changed: false, meanwhile: false };
  }
  const value = meant(field, entry.typed);
  const changed = !same(field, value, now);
  return { typed: entry.typed, value, store: now, changed, meanwhile: changed && !same(field, entry.base, now) };
}

/** The fields that say something else than the store does. A level counts only where stock is counted by it. */
export function changedFields(draft: Draft, store: Values, currency: string): FieldName[] {
  const tracking = fieldState(draft, store, "inventoryTracking", currency).typed;
  return fieldNames.filter(
    (field) =>
      (field !== "inventoryLevel" || tracking === "product") && fieldState(draft, store, field, currency).changed,
  );
}

/** The draft after a key in a field. */
export function type<F extends FieldName>(draft: Draft, store: Values, field: F, typed: Typed<F>): Draft {
  const before = draft.fields[field] as TypedField<F> | undefined;
  return { sent: null, fields: { ...draft.fields, [field]: { typed, base: before?.base ?? store[field] } } };
}

/** The draft without what was typed in a field: it says again what the store says. */
export function takeBack(draft: Draft, field: FieldName): Draft {
  const { [field]: _gone, ...fields } = draft.fields;
  return { ...draft, fields };
}

/** The person has seen what the store has now, and stays with what was typed. */
export function stayWithMine(draft: Draft, store: Values, field: FieldName): Draft {
  const entry = draft.fields[field];
  if (!entry) return draft;
  return { ...draft, fields: { ...draft.fields, [field]: { ...entry, base: store[field] } } };
}

/** What a plan has to be asked for: only what is changed. `null` where something typed means nothing. */
export function wantedValues(draft: Draft, store: Values, currency: string): Partial<Values> | null {
  const wanted: Partial<Record<FieldName, Values[FieldName]>> = {};
  for (const field of changedFields(draft, store, currency)) {
    const { value } = fieldState(draft, store, field, currency);
    if (value === null) return null;
    wanted[field] = value;
  }
  return wanted as Partial<Values>;
}

/** A draft as it is kept; `null` if there is nothing in it. */
export function writeDraft(draft: Draft, store: Values, currency: string): string | null {
  return changedFields(draft, store, currency).length > 0 ? JSON.stringify(draft) : null;
}

const kinds = {
  name: "string",
  sku: "string",
  isDigital: "boolean",
  price: "string",
  salePrice: "string",
  costPrice: "string",
  weight: "string",
  isVisible: "boolean",
  description: "string",
  inventoryTracking: "string",
  inventoryLevel: "string",
} as const satisfies Record<FieldName, "string" | "boolean">;

const trackings: ReadonlySet<unknown> = new Set(["none", "product", "variant"]);

function isEntry(field: FieldName, entry: unknown): entry is TypedField {
  if (typeof entry !== "object" || entry === null || !("typed" in entry) || !("base" in entry)) return false;
  const fits = (value: unknown) =>
    typeof value === kinds[field] && (field !== "inventoryTracking" || trackings.has(value));
  return fits(entry.typed) && fits(entry.base);
}

/** A draft that was kept; whatever of it is not understood is left out. */
export function readDraft(text: string | null): Draft {
  if (text === null) return noDraft;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== "object" || kept === null || !("fields" in kept)) return noDraft;
    const given = (typeof kept.fields === "object" && kept.fields !== null ? kept.fields : {}) as Record<string, unknown>;
    const fields = Object.fromEntries(
      fieldNames.flatMap((field) => (isEntry(field, given[field]) ? [[field, given[field]]] : [])),
    ) as Draft["fields"];
    return { fields, sent: "sent" in kept && typeof kept.sent === "string" ? kept.sent : null };
  } catch {
    return noDraft;
  }
}
