import { Check, Copy, CircleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { t } from "../i18n";
import { Button, type ButtonProps } from "./Button";

/** Props of {@link CopyWords}. */
export type CopyWordsProps = {
  /** What is copied. */
  text: string;
  /** What the button says. */
  children: ReactNode;
  /** How the button looks. */
  look?: ButtonProps["look"];
  /** Its height. */
  size?: ButtonProps["size"];
};

/** A button with words that copies a text and says that it did. */
export function CopyWords({ text, children, look = "quiet", size = "normal" }: CopyWordsProps) {
  const [told, setTold] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => setTold(null), 2000);
    return () => clearTimeout(timer);
  }, [told]);
  const Sign = told === "copied" ? Check : told === "failed" ? CircleAlert : Copy;
  return (
    <Button
      look={look}
      size={size}
      icon={<Sign aria-hidden />}
      onPress={() =>
        void navigator.clipboard.writeText(text).then(
          () => setTold("copied"),
          () => setTold("failed"),
        )
      }
    >
      <span aria-live="polite">
        {told === "copied" ? t("common.copied") : told === "failed" ? t("copy.failed") : children}
      </span>
    </Button>
  );
}
