import { t } from "../i18n";

/** What a person calls a product. A store may have one without a name: its number tells it apart then. */
export function productName({ name, id }: { name: string; id: string }): string {
  return name.trim() === "" ? t("product.noName", { id }) : name;
}
