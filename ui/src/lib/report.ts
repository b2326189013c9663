import { t } from "../i18n";
import type { AppError } from "../ipc/bindings";

/** What a report tells beside the error itself. */
export type About = {
  /** Stockroom's version. */
  version: string;
  /** What was being done. */
  doing: "connecting" | "refreshing";
  /** The host that was asked; left out where the store's own settings tell. */
  host?: string;
};

/** An error in one line, for whoever is asked about it. It holds no secret and nothing of a customer. */
export function errorReport(error: AppError, { version, doing, host = "none" }: About): string {
  const path = error.code === "unexpectedAnswer" ? error.path : "none";
  return t("report.text", { version, doing, code: error.code, path, host });
}
