import { Copy, ExternalLink } from "lucide-react";
import { t } from "../i18n";
import { type Store, useStoreState, useWrite } from "../ipc";
import type { Action } from "../lib/actions";
import { copy } from "../lib/copy";
import { pageOf } from "../lib/pages";
import { useTell, useTellTrouble } from "../lib/telling";
import { unreadableName, unreadableReport } from "../lib/unreadable";

/** What can be done, on every screen, about what the store sent and nobody understands. */
export function useUnreadableEverywhere(store: Store): () => Action[] {
  const tell = useTell();
  const things = useStoreState(store.key)?.unreadable ?? [];
  const { mutate: openPage } = useWrite("openPage", { onError: useTellTrouble() });
  return () => {
    if (things.length === 0) return [];
    const about = { group: t("palette.thisStore"), more: t("pill.unreadable", { n: things.length }) };
    const offered = new Set<string>();
    // The sample store has no control panel.
    const open = (store.isSample ? [] : things).flatMap((thing): Action[] => {
      const { area, id } = thing;
      const page = pageOf(area);
      if (page === null || id === null) return [];
      const name = `unreadable-${area}-${id}`;
      // It may be unreadable at several places, and is opened only once.
      if (offered.has(name)) return [];
      offered.add(name);
      return [
        {
          ...about,
          id: name,
          label: t("unreadable.open", { what: unreadableName(thing) }),
          icon: <ExternalLink aria-hidden />,
          run: () => openPage({ store: store.key, page, id }),
        },
      ];
    });
    const copying: Action = {
      ...about,
      id: "unreadable-copy",
      label: t("unreadable.copy"),
      icon: <Copy aria-hidden />,
      run: () =>
        void copy(unreadableReport(things)).then((done) =>
          tell(done ? t("common.copiedNamed", { what: t("order.copy.unreadable") }) : t("copy.failed")),
        ),
    };
    return [...open, copying];
  };
}
