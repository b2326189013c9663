import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { t } from "../../i18n";
import {
  type AppError,
  type Attempt,
  type ConnectTidy,
  type Store,
  type Tidied,
  afterWrite,
  api,
  asAppError,
} from "../../ipc";
import { useGo } from "../../lib/go";
import { tellNext } from "../../lib/telling";
import type { Naming } from "./NameIt";
import { tidiedWords } from "./tidy";

/**
 * A store that was saved, what was put away, the file that the token came in, and the end of the token that it took the
 * place of, if it was another.
 */
export type Saved = {
  store: Store;
  tidied: Tidied;
  fileName: string | null;
  before: string | null;
};

/** What is to be saved, and what is put away after that. */
export type SaveWish = {
  attempt: Attempt;
  naming: Naming;
  /** The store that has another token so far, if it is connected already. */
  connected: Store | null;
  putAway: ConnectTidy;
  fileName: string | null;
  /** Told if the backend holds the token no more. */
  onGone: () => void;
};

/** The end of the last step: saved, put away, and on to the orders where nothing is left to be read. */
export function useSaving() {
  const go = useGo();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const turn = useRef(0);

  const save = async ({ attempt, naming, connected, putAway, fileName, onGone }: SaveWish) => {
    setError(null);
    setBusy(true);
    turn.current += 1;
    const mine = turn.current;
    try {
      const done = await api.connectSave({ attempt: attempt.attempt, ...naming });
      if (turn.current !== mine) {
        // Stopped a moment too late: it is saved, and that is what the window shows. What it came in is left alone.
        await afterWrite(client, "connectSave", null);
        tellNext(t("save.tooLate"));
        go.orders(done.key);
        return;
      }
      const failed: Tidied = {
        clipboard: putAway.clipboard ? "failed" : "nothing",
        file: putAway.file ? "failed" : "nothing",
      };
      const tidied = await api.connectTidy(putAway).catch(() => failed);
      await afterWrite(client, "connectSave", null);
      // A token that was replaced has an account behind it that is still there. One that was given again is the
      // account in use, which nobody should delete.
      const isOther = connected !== null && (connected.tokenLast4 === "" || connected.tokenLast4 !== done.tokenLast4);
      if (tidied.clipboard === "failed" || tidied.file === "failed" || isOther) {
        setSaved({
          store: done,
          tidied,
          fileName,
          before: isOther ? connected.tokenLast4 : null,
        });
        setBusy(false);
      } else {
        const putAwayWords = tidiedWords(tidied, fileName);
        if (putAwayWords) tellNext(putAwayWords);
        go.orders(done.key);
      }
    } catch (thrown) {
      if (turn.current !== mine) return;
      const error = asAppError(thrown);
      if (error.code === "attemptGone") onGone();
      else if (error.code !== "cancelled") setError(error);
      setBusy(false);
    }
  };

  const stop = () => {
    turn.current += 1;
    setBusy(false);
  };

  return { busy, error, saved, save, stop, forgetError: () => setError(null) };
}
