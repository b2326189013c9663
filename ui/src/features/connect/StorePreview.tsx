import { ChevronsUpDown, History, Package, SlidersHorizontal } from "lucide-react";
import { Badge } from "../../components/Badge";
import { StoreDot } from "../../components/StoreDot";
import { t } from "../../i18n";
import type { Color } from "../../ipc";
import css from "./StorePreview.module.css";

/** Props of {@link StorePreview}. */
export type StorePreviewProps = {
  /** Its name. */
  name: string;
  /** Its accent. */
  color: Color;
  /** Its plan; may be empty. */
  plan: string;
};

/** The store as it will stand in the sidebar. A picture: the name and color beside it say the same. */
export function StorePreview({ name, color, plan }: StorePreviewProps) {
  return (
    <div className={css["preview"]} aria-hidden>
      <div className={css["head"]}>
        <StoreDot color={color} />
        <span className={css["words"]}>
          <span className={css["name"]}>{name.trim() || t("common.none")}</span>
          <span className={css["plan"]}>{plan ? t("frame.plan", { plan }) : null}</span>
        </span>
        <ChevronsUpDown />
      </div>
      <div className={css["items"]}>
        <div className={css["item"]} data-current>
          <Package />
          {t("nav.orders")}
          <span className={css["end"]}>
            <Badge look="count">37</Badge>
          </span>
        </div>
        <div className={css["item"]}>
          <History />
          {t("nav.activity")}
        </div>
        <div className={css["item"]}>
          <SlidersHorizontal />
          {t("nav.settings")}
        </div>
      </div>
    </div>
  );
}
