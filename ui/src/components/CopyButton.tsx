import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "../i18n";
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
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      look="tiny"
      label={copied ? t("common.copied") : t("common.copyNamed", { what })}
      icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true), () => undefined)}
    />
  );
}
