import { Button } from "../components/Button";
import { Notice } from "../components/Notice";
import { t } from "../i18n";
import { useNavigate } from "@tanstack/react-router";
import { Outside } from "./Outside";
import css from "./Root.module.css";

/** An address that leads nowhere. */
export function NotFound() {
  const navigate = useNavigate();
  return (
    <Outside>
      <main className={css["alone"]}>
        <Notice
          alone
          title={t("start.notFound")}
          action={<Button onPress={() => void navigate({ to: "/" })}>{t("start.toOrders")}</Button>}
        />
      </main>
    </Outside>
  );
}
