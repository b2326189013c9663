import { Button } from "../../components/Button";
import { Modal } from "../../components/Modal";
import { t } from "../../i18n";

/** Props of {@link LeaveQuestion}. */
export type LeaveQuestionProps = {
  /** The last four characters of a token that would be forgotten; `null` if none is held. */
  last4: string | null;
  /** Leaves. */
  onLeave: () => void;
  /** Stays. */
  onStay: () => void;
};

/** Asks whether what was entered is to be given up. */
export function LeaveQuestion({ last4, onLeave, onStay }: LeaveQuestionProps) {
  return (
    <Modal
      title={t("wizard.leave.title")}
      onClose={onStay}
      footer={
        <>
          <Button look="quiet" onPress={onLeave}>
            {t("wizard.leave.go")}
          </Button>
          <Button look="filled" onPress={onStay}>
            {t("wizard.leave.stay")}
          </Button>
        </>
      }
    >
      {last4 === null ? t("wizard.leave.more") : t("wizard.leave.token", { last4 })}
    </Modal>
  );
}
