import { useCallback, useMemo, useState } from "react";
import { t } from "../../../i18n";
import { type KeptDraft } from "../useDraft";
import { changedFields, type FieldState, fieldState, noDraft, stayWithMine, takeBack, type } from "./draft";
import { problemOf } from "./problems";
import { type FieldName, type Typed, type Values, fieldNames } from "./values";

/** A field of the form with everything that is to be said about it. */
export type FormField<F extends FieldName = FieldName> = FieldState<F> & {
  /** What is wrong with it; only once it was left. */
  problem: string | null;
};

/** A name or SKU that another product has. */
export type Taken = { name?: string; sku?: string };

/** A product's form: what stands in it, what is changed, and what the store would refuse. */
export type ProductForm = {
  /** The store's values. */
  store: Values;
  /** ISO 4217 code of its amounts. */
  currency: string;
  /** A field. */
  field: <F extends FieldName>(name: F) => FormField<F>;
  /** Told every key. */
  set: <F extends FieldName>(name: F, typed: Typed<F>) => void;
  /** A field was left: from now on it is checked. */
  leave: (name: FieldName) => void;
  /** A field says again what the store says. */
  takeBack: (name: FieldName) => void;
  /** The person stays with what was typed, whatever the store has now. */
  stayWithMine: (name: FieldName) => void;
  /** Fields that say something else than the store, in the form's order. */
  changed: FieldName[];
  /** Fields that the store would refuse, left or not. */
  problems: FieldName[];
  /** Shows what is wrong with every field, and gives the first one. */
  checkAll: () => FieldName | null;
  /** Another product has this name or SKU. */
  setTaken: (taken: Taken) => void;
  /** Throws away what was typed. */
  discard: () => void;
};

const takenWords = { name: "product.problem.nameTaken", sku: "product.problem.skuTaken" } as const;

/** Fields that have to be filled in before a product can be made. */
const needed: ReadonlySet<FieldName> = new Set(["name", "price"]);

/** Holds a product's form together. */
export function useProductForm(kept: KeptDraft, store: Values, currency: string, isNew: boolean): ProductForm {
  const { draft, set: keep } = kept;
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [taken, setTaken] = useState<Taken>({});

  const problemNow = useCallback(
    (name: FieldName): string | null => {
      const { typed, changed } = fieldState(draft, store, name, currency);
      // Whatever the store has is no mistake of the person's.
      if (!changed && !(isNew && needed.has(name))) return null;
      if ((name === "name" || name === "sku") && taken[name] !== undefined && taken[name] === String(typed).trim()) {
        return t(takenWords[name]);
      }
      return problemOf(name, typed);
    },
    [draft, store, currency, isNew, taken],
  );

  const changed = useMemo(() => changedFields(draft, store, currency), [draft, store, currency]);
  const problems = fieldNames.filter((name) => problemNow(name) !== null);
  const leave = useCallback((name: FieldName) => setLeft((old) => (old.has(name) ? old : new Set(old).add(name))), []);

  return {
    store,
    currency,
    field: (name) => ({
      ...fieldState(draft, store, name, currency),
      problem: left.has(name) ? problemNow(name) : null,
    }),
    set: (name, typed) => keep(type(draft, store, name, typed)),
    leave,
    takeBack: (name) => keep(takeBack(draft, name)),
    stayWithMine: (name) => keep(stayWithMine(draft, store, name)),
    changed,
    problems,
    checkAll: () => {
      setLeft(new Set(fieldNames));
      return problems[0] ?? null;
    },
    setTaken: (found) => {
      setTaken(found);
      setLeft((old) => new Set([...old, ...(Object.keys(found) as FieldName[])]));
    },
    discard: () => {
      setLeft(new Set());
      setTaken({});
      keep(noDraft);
    },
  };
}
