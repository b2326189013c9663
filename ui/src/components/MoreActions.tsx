import { Ellipsis } from "lucide-react";
import { t } from "../i18n";
import { IconButton } from "./IconButton";
import { Menu, type MenuGroup } from "./Menu";

/** What else can be done with the thing shown, behind three dots. */
export function MoreActions({ groups }: { groups: readonly MenuGroup[] }) {
  const label = t("common.moreActions");
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<IconButton look="framed" label={label} icon={<Ellipsis aria-hidden />} />}
      groups={groups}
    />
  );
}
