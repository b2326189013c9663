import { Check, CircleAlert, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "../i18n";
import { copy } from "../lib/copy";
import { IconButton } from "./IconButton";

/** Props of {@link CopyButton}. */
export type CopyButtonProps = {
  /** What is copied. */
  text: string;
  /** Its name, such as "e-mail address". */
  what: string;
};

/** Copies the value before it. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [told, setTold] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => setTold(null), 1500);
    return () => clearTimeout(timer);
  }, [told]);
  const Sign = told === "copied" ? Check : told === "failed" ? CircleAlert : Copy;
  return (
    <IconButton
      look="tiny"
      label={told === "copied" ? t("common.copied") : told === "failed" ? t("copy.failed") : t("common.copyNamed", { what })}
      icon={<Sign aria-hidden />}
      onPress={() => void copy(text).then((done) => setTold(done ? "copied" : "failed"))}
    />
  );
}
