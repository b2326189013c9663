import { type AppError, useWrite } from "../../ipc";

/** BigCommerce's list of API accounts, in the browser. */
export type Accounts = {
  /** Opens it. */
  open: () => void;
  /** Why it could not be opened. */
  error: AppError | null;
};

/** The list of the store with that hash; of a connected one where no hash is known, or of the one BigCommerce asks for. */
export function useAccounts(hash: string | null, store: string | null): Accounts {
  const { mutate, error } = useWrite("openPage");
  const whose = hash ? { store: null, hash } : { store };
  return { open: () => mutate({ ...whose, page: "apiAccounts", id: null }), error };
}
