import { useEffect, useState } from "react";
import { useKeychain, useStoreState } from "../../ipc";
import { isMac } from "../../lib/platform";

/** Who has not had an answer by then looks whether the keychain is what keeps it. */
const lookAfterMs = 1500;

/**
 * Whether something that is under way waits for a keychain that asks the person, and not for the store: it does where
 * the keychain is locked or asks for a password to begin with. One on macOS may ask although it is open; that shows
 * only by its taking its time.
 */
export function useKeychainWait(store: string, busy: boolean, usesKeychain: boolean): "no" | "locked" | "new" {
  const { data: keychain, refetch } = useKeychain();
  const isRead = useStoreState(store)?.token === "ready";
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => {
      setLate(true);
      // It may have been locked since it was looked at.
      void refetch();
    }, lookAfterMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy, refetch]);
  if (!busy || !keychain?.available || (!usesKeychain && isRead)) return "no";
  if (keychain.isNew) return "new";
  return keychain.locked || (isMac && late) ? "locked" : "no";
}
