import { MousePointerClick, TentTree } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { t } from "../i18n";
import { useWrite } from "../ipc";
import { type Action, Offers, OffersContext, useOffer } from "../lib/actions";
import { useGo } from "../lib/go";
import { TellingContext } from "../lib/telling";
import css from "./Outside.module.css";
import { Palette } from "./palette/Palette";
import { TellStrip } from "./TellStrip";
import { useAppAsItIs, useBackAndForth, useStoresEverywhere, useWindowEverywhere } from "./useEverywhere";
import { useKeys } from "./useKeys";
import { useTelling } from "./useTelling";

/** Props of {@link Outside}. */
export type OutsideProps = {
  /** What is shown. */
  children: ReactNode;
};

/** Around what is shown outside of any store: the list of commands, with what can be done from there. */
export function Outside({ children }: OutsideProps) {
  const offers = useMemo(() => new Offers(), []);
  // What was done in the wizard is for the store's frame to say, to which it leads.
  const [told, tell, putAway] = useTelling(false);
  return (
    <OffersContext.Provider value={offers}>
      <TellingContext.Provider value={tell}>
        <div className={css["outside"]}>
          {told ? (
            <div className={css["told"]}>
              <TellStrip told={told} onClose={putAway} />
            </div>
          ) : null}
          <Around offers={offers}>{children}</Around>
        </div>
      </TellingContext.Provider>
    </OffersContext.Provider>
  );
}

function Around({ offers, children }: OutsideProps & { offers: Offers }) {
  const go = useGo();
  const self = useRef<HTMLDivElement>(null);
  const app = useAppAsItIs();
  const { mutate: openSample } = useWrite("openSample");
  const [open, setOpen] = useState(false);
  const backAndForth = useBackAndForth();
  const storesEverywhere = useStoresEverywhere(null);
  const windowEverywhere = useWindowEverywhere(() => setOpen(true));

  const sample = (): Action[] =>
    app?.stores.some(({ isSample }) => isSample)
      ? []
      : [
          {
            id: "sample",
            group: t("palette.stores"),
            label: t("welcome.sample.do"),
            icon: <TentTree aria-hidden />,
            // The welcome has the same, and says why it came to nothing.
            run: () => openSample(undefined, { onSuccess: ({ key }) => go.store(key), onError: () => go.welcome() }),
          },
        ];

  useOffer("frame", () => {
    const back = backAndForth();
    const here = without(buttonsIn(self.current), back);
    // Without an app that has started there are no stores to go to.
    // The keys of a store would leave the wizard, with all that was entered, by a slip of the hand.
    const elsewhere = app ? [...storesEverywhere(), ...sample()].map((one) => ({ ...one, keys: undefined })) : [];
    return [...here, ...back, ...without(elsewhere, here), ...windowEverywhere()];
  });
  useKeys(offers, app?.preferences.letterKeys ?? true);
  return (
    <>
      <div ref={self} className={css["self"]}>
        {children}
      </div>
      {open ? <Palette store={null} offers={offers} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Without those that are called the same as one of the others. */
function without(actions: readonly Action[], others: readonly Action[]): Action[] {
  const names = new Set(others.map(({ label }) => label));
  return actions.filter(({ label }) => !names.has(label));
}

/** What a button says, without its picture and its keys. */
function nameOf(button: HTMLButtonElement): string {
  const said = button.getAttribute("aria-label");
  if (said !== null) return said;
  const words = button.cloneNode(true) as HTMLElement;
  for (const one of words.querySelectorAll("kbd, svg, [aria-hidden]")) one.remove();
  return (words.textContent ?? "").trim();
}

/**
 * What the buttons do that are shown: here each screen is one question with its few answers. Steps that were
 * passed are gone back to one by one.
 */
function buttonsIn(part: HTMLElement | null): Action[] {
  const buttons = [...(part?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])].filter(
    (one) => one.getAttribute("aria-disabled") !== "true" && !one.hasAttribute("aria-expanded") && one.closest("nav") === null,
  );
  return buttons.flatMap((button, at) => {
    const label = nameOf(button);
    return label === ""
      ? []
      : [
          {
            id: `here-${at}`,
            group: t("palette.here"),
            label,
            icon: <MousePointerClick aria-hidden />,
            run: () => button.click(),
          },
        ];
  });
}
