import { useLocation } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input, SearchField as Field } from "react-aria-components";
import { Keys } from "../components/Keys";
import { t } from "../i18n";
import { useGo } from "../lib/go";
import { ariaKeys, shownKeys } from "../lib/shortcuts";
import css from "./SearchField.module.css";
import { searchOn } from "./searches";

/** The field's id, for the key that goes there. */
const searchFieldId = "search";

/** Goes to the search box, with what stands in it selected: typing starts over. */
export function focusSearch(): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

const settleMs = 120;

/** Props of {@link SearchField}. */
export type SearchFieldProps = {
  /** The store that is searched. */
  store: string;
};

/** Searches the list that is shown, among what is on this computer; what is found is the list itself. */
export function SearchField({ store }: SearchFieldProps) {
  const go = useGo();
  const location = useLocation();
  const [, screen = null, inside] = new RegExp(`^/store/${store}/([a-z]+)(/.+)?$`).exec(location.pathname) ?? [];
  const search = searchOn(screen);
  // A thing's own page has no list to search; typing there leads to it.
  const isHere = search.screen === screen && inside === undefined;
  const { q: inAddress = "", ...rest } = (isHere ? location.search : {}) as Record<string, string>;
  const [text, setText] = useState(inAddress);
  const typed = useRef<{ text: string; screen: string } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    // The address leads, except while it is still catching up with the keys.
    if (typed.current && typed.current.screen !== screen) {
      // Typed for another screen's list, and left before it was searched.
      clearTimeout(timer.current);
      typed.current = null;
    }
    if (typed.current === null || typed.current.text === inAddress) {
      typed.current = null;
      setText(inAddress);
    }
  }, [inAddress, screen]);

  const type = (next: string, now: boolean) => {
    setText(next);
    typed.current = { text: next, screen: search.screen };
    clearTimeout(timer.current);
    const apply = () => search.go(go, store, next.trim() === "" ? "" : next, rest, { replace: isHere });
    if (now) apply();
    else timer.current = setTimeout(apply, settleMs);
  };

  return (
    <Field
      aria-label={t(search.label)}
      value={text}
      onChange={(next) => type(next, next === "")}
      onSubmit={(next) => {
        if (next !== inAddress) type(next, true);
        document.querySelector<HTMLElement>('[role="grid"] [data-index][tabindex="0"]')?.focus();
      }}
      className={css["field"]!}
    >
      <Search aria-hidden className={css["sign"]} />
      <Input
        id={searchFieldId}
        placeholder={t(search.label)}
        className={css["input"]!}
        autoComplete="off"
        spellCheck={false}
        aria-keyshortcuts={ariaKeys("search")}
      />
      <Keys keys={shownKeys("search")} />
    </Field>
  );
}
