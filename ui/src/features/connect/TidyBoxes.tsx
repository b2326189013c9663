import { Checkbox } from "../../components/Checkbox";
import { t } from "../../i18n";
import type { ConnectTidy, HandedOver } from "../../ipc";
import type { TidyWish } from "./tidy";
import css from "./TidyBoxes.module.css";

/** Props of {@link TidyBoxes}. */
export type TidyBoxesProps = {
  /** What will be put away, as it stands. */
  tidy: ConnectTidy;
  /** Told what the person wishes. */
  onTidy: (change: (before: TidyWish) => TidyWish) => void;
  /** What was handed over; `null` before. */
  handed: HandedOver | null;
  /** The credentials may still come in a file. */
  isBefore?: boolean;
  /** The token will be in memory only. */
  untilQuit?: boolean;
  /** Too late to change it. */
  isDisabled?: boolean;
};

/** What is put away once the store is saved: said before it happens, and up to the person. */
export function TidyBoxes({ tidy, onTidy, handed, isBefore = false, untilQuit = false, isDisabled = false }: TidyBoxesProps) {
  const fileName = handed?.fileName ?? null;
  return (
    <>
      <div className={css["boxes"]}>
        <Checkbox
          isSelected={tidy.clipboard}
          isDisabled={isDisabled}
          onChange={(clipboard) => onTidy((before) => ({ ...before, clipboard }))}
        >
          {t("tidy.clipboard")}
        </Checkbox>
        {fileName !== null || isBefore ? (
          <Checkbox
            isSelected={tidy.file}
            isDisabled={isDisabled}
            onChange={(file) => onTidy((before) => ({ ...before, file }))}
          >
            {fileName === null ? t("tidy.file") : t("tidy.file.named", { name: fileName })}
          </Checkbox>
        ) : null}
      </div>
      <p className={css["under"]}>{t(untilQuit && !tidy.clipboard && !tidy.file ? "tidy.more.memory" : "tidy.more")}</p>
    </>
  );
}
