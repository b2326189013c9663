import { useLocation } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input, SearchField as Field } from "react-aria-components";
import { Keys } from "../components/Keys";
import { t } from "../i18n";
import { type OrdersPlace, useGo } from "../lib/go";
import { isMac } from "../lib/platform";
import css from "./SearchField.module.css";

/** The field's id, for the key that goes there. */
export const searchFieldId = "search";

const settleMs = 120;

/** Props of {@link SearchField}. */
export type SearchFieldProps = {
  /** The store that is searched. */
  store: string;
};

/** Searches the orders on this computer; what is found is the orders' list itself. */
export function SearchField({ store }: SearchFieldProps) {
  const go = useGo();
  const location = useLocation();
  const onOrders = location.pathname === `/store/${store}/orders`;
  const place = location.search as OrdersPlace;
  const inAddress = onOrders ? (place.q ?? "") : "";
  const [text, setText] = useState(inAddress);
  const typed = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    // The address leads, except while it is still catching up with the keys.
    if (typed.current === null || typed.current === inAddress) {
      typed.current = null;
      setText(inAddress);
    }
  }, [inAddress]);

  const search = (next: string, now: boolean) => {
    setText(next);
    typed.current = next;
    clearTimeout(timer.current);
    const apply = () => {
      const { q: _old, ...rest } = onOrders ? place : ({} as OrdersPlace);
      go.orders(store, next.trim() === "" ? rest : { ...rest, q: next }, { replace: onOrders });
    };
    if (now) apply();
    else timer.current = setTimeout(apply, settleMs);
  };

  return (
    <Field
      aria-label={t("search.label")}
      value={text}
      onChange={(next) => search(next, next === "")}
      onSubmit={(next) => {
        if (next !== inAddress) search(next, true);
        document.querySelector<HTMLElement>('[role="grid"] [data-index][tabindex="0"]')?.focus();
      }}
      className={css["field"]!}
    >
      <Search aria-hidden className={css["sign"]} />
      <Input id={searchFieldId} placeholder={t("search.label")} className={css["input"]!} autoComplete="off" />
      <Keys keys={[t(isMac ? "key.cmd" : "key.ctrl"), "F"]} />
    </Field>
  );
}
