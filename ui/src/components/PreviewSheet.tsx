import { Banknote, CircleSlash, Mail, MailX, RotateCcw, Store, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { t } from "../i18n";
import type { AppError, Effect, LeftOut, LeftOutBecause, Plan } from "../ipc/bindings";
import { span } from "../lib/dates";
import { itemAside, planAbout, planAction, planTitle, requestWords } from "../lib/plans";
import { subjectName } from "../lib/entries";
import type { NextStep } from "../lib/trouble";
import { Button } from "./Button";
import { FieldValues } from "./FieldValues";
import { Keys } from "./Keys";
import { Modal } from "./Modal";
import { Notice } from "./Notice";
import css from "./PreviewSheet.module.css";
import { Section } from "./Section";
import { Sheet } from "./Sheet";
import { Trouble } from "./Trouble";

/** Props of {@link PreviewSheet}. */
export type PreviewSheetProps = {
  /** What is about to happen. */
  plan: Plan;
  /** Every thing of the plan with its before and after, shown where there are several. */
  rows: ReactNode;
  /** It is being applied. */
  busy: boolean;
  /** Why applying it failed. */
  error: AppError | null;
  /** The person confirmed it: once, or twice where that is asked. */
  onApply: (confirmedTwice: boolean) => void;
  /** The person wants none of it. */
  onCancel: () => void;
  /** Does the next step of the error. */
  onStep?: (step: Exclude<NextStep, "none">) => void;
};

const effectIcons: Record<Effect, ReactNode> = {
  mayEmailShopper: <Mail aria-hidden />,
  noEmail: <MailX aria-hidden />,
  noMoneyMoves: <Banknote aria-hidden />,
  shoppersSeeIt: <Store aria-hidden />,
  cannotBePutBack: <CircleSlash aria-hidden />,
};

/** Orders alone, which are called by their numbers. */
const isOfOrders = (leftOut: readonly LeftOut[]) => leftOut.every(({ subject }) => subject.kind === "order");

/** What stays out, gathered by the reason. */
function byReason(leftOut: readonly LeftOut[]): [LeftOutBecause, string[]][] {
  const reasons = new Map<LeftOutBecause, string[]>();
  const ofOrders = isOfOrders(leftOut);
  for (const { subject, because } of leftOut) {
    const name = subject.kind === "order" && ofOrders ? subject.order : subjectName(subject, "");
    reasons.set(because, [...(reasons.get(because) ?? []), name]);
  }
  return [...reasons];
}

function named(things: readonly string[]): string {
  const shown = things.slice(0, 8).join(", ");
  return things.length > 8 ? t("preview.leftOut.many", { first: shown, n: things.length - 8 }) : shown;
}

const askedTwice = {
  order: "preview.twice.title",
  product: "preview.twice.title.products",
  both: "preview.twice.title.things",
} as const;

/** What is asked a second time: the gravest of the reasons. */
function twiceTitle(plan: Plan): string {
  const n = plan.count;
  switch (plan.askTwice[0] ?? "manyThings") {
    case "priceMovesFar":
      return t("preview.twice.title.price", { n });
    case "moneyLeaves":
      return t("preview.twice.title.money");
    case "manyThings":
      return t(askedTwice[planAbout(plan)], { n });
  }
}

/** Every reason, so that none hides another. */
function twiceWords(plan: Plan): string[] {
  return plan.askTwice.map((why) => {
    switch (why) {
      case "priceMovesFar":
        return t("preview.twice.price", { n: plan.count });
      case "moneyLeaves":
        return t("preview.twice.money");
      case "manyThings":
        return t("preview.twice.more", { requests: plan.requests, span: span(plan.seconds) });
    }
  });
}

/** The requests that one thing takes, in order: as many ways as there are among those at hand. */
const waysOf = (plan: Plan) => [...new Set(plan.items.map(requestWords))];

/** Whether it can be put back; nothing where what it sets off says so already. */
function undoWords(plan: Plan): string | null {
  if (!plan.undoable) return plan.effects.includes("cannotBePutBack") ? null : t("preview.undo.no");
  return t(plan.isUndo ? "preview.undo.again" : "preview.undo.yes");
}

/** Shows exactly what a change does, before anything is sent, and asks for the word to go. */
export function PreviewSheet({ plan, rows, busy, error, onApply, onCancel, onStep }: PreviewSheetProps) {
  const [asking, setAsking] = useState(false);
  const n = plan.count;
  const [only] = plan.items;
  const undo = undoWords(plan);
  const ways = waysOf(plan);
  // Those that are not at hand may go another way.
  const ofEach = ways.length === 1 && plan.count === plan.items.length;
  const emails = plan.effects.includes("mayEmailShopper");
  const off = plan.readOnly ? t("preview.readOnly") : n === 0 ? t("preview.nothingToSend") : null;
  const apply = () => {
    if (plan.askTwice.length > 0) setAsking(true);
    else onApply(false);
  };

  return (
    <Sheet
      title={planTitle(plan)}
      subtitle={
        n === 0
          ? t("preview.subtitle.nothing")
          : n === 1 && only
            ? itemAside(only)
            : undefined
      }
      onClose={onCancel}
      held={busy}
      footer={
        <>
          <span className={css["journal"]} role="status">
            {busy ? t("preview.wait") : t("preview.journal")}
          </span>
          <Button
            look="quiet"
            size="tall"
            onPress={onCancel}
            isDisabled={busy}
            shortcut={<Keys keys={[t("key.esc")]} />}
          >
            {t("common.cancel")}
          </Button>
          <Button look="filled" size="tall" onPress={apply} isDisabled={busy} offBecause={off}>
            {n === 0 ? t("preview.apply.orders", { n }) : planAction(plan)}
          </Button>
        </>
      }
    >
      {error || plan.readOnly || (emails && n > 0) ? (
        <div className={css["notices"]}>
          {error ? <Trouble error={error} onStep={onStep} steps={["unlock", "giveToken"]} busy={busy} /> : null}
          {plan.readOnly ? <Notice title={t("preview.readOnly")}>{t("preview.readOnly.more")}</Notice> : null}
          {emails && n > 0 ? (
            <Notice gravity="warn" title={t("preview.warn.email", { n: plan.kinds.orders })} icon={<TriangleAlert aria-hidden />}>
              {t("preview.warn.email.more")}
            </Notice>
          ) : null}
        </div>
      ) : null}

      {n === 1 && only ? (
        <Section title={t("preview.what")} sides="wide">
          <dl className={css["facts"]}>
            {only.fields.map(({ field, before, after }) => (
              <div key={field} className={css["fact"]}>
                <dt>{t(`preview.field.${field}`)}</dt>
                <dd>
                  <FieldValues field={field} before={before} after={after} />
                </dd>
              </div>
            ))}
          </dl>
          {only.movesPriceFar ? (
            <p className={css["far"]}>
              <TriangleAlert aria-hidden />
              {t("preview.priceFar")}
            </p>
          ) : null}
        </Section>
      ) : null}
      {n > 1 ? rows : null}

      {plan.leftOutCount > 0 ? (
        <Section title={t("preview.leftOut")} count={plan.leftOutCount} sides="wide">
          <ul className={css["left"]}>
            {byReason(plan.leftOut).map(([because, things]) => (
              <li key={because} className={css["line"]}>
                <span data-selectable>
                  {isOfOrders(plan.leftOut)
                    ? t("preview.leftOut.order", { order: named(things) })
                    : named(things)}
                </span>
                <span className={css["aside"]}>{t(`preview.leftOut.${because}`)}</span>
              </li>
            ))}
            {plan.leftOutCount > plan.leftOut.length ? (
              <li className={css["line"]}>
                <span className={css["aside"]}>
                  {t("preview.leftOut.rest", { n: plan.leftOutCount - plan.leftOut.length })}
                </span>
              </li>
            ) : null}
          </ul>
        </Section>
      ) : null}

      {n > 0 ? (
        <>
          <Section title={t("preview.sent")} sides="wide">
            <p className={css["line"]}>
              <strong className={css["strong"]}>{t("preview.sent.span", { span: span(plan.seconds) })}</strong>
              <span className={css["aside"]}>{t("preview.sent.requests", { n: plan.requests })}</span>
            </p>
            {ways.map((requests) => (
              <p key={requests} className={css["more"]}>
                {ofEach ? t("preview.sent.each", { n, requests }) : t("preview.sent.some", { requests })}
              </p>
            ))}
            <p className={css["more"]}>{t("preview.sent.more")}</p>
          </Section>
          <Section title={t("preview.effects")} sides="wide">
            <ul className={css["effects"]}>
              {plan.effects.map((effect) => (
                <li key={effect} className={css["effect"]}>
                  {effectIcons[effect]}
                  {t(`preview.effect.${effect}`)}
                </li>
              ))}
              {undo ? (
                <li className={css["effect"]}>
                  <RotateCcw aria-hidden />
                  {undo}
                </li>
              ) : null}
            </ul>
          </Section>
        </>
      ) : null}

      {asking ? (
        <Modal
          title={twiceTitle(plan)}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button look="quiet" size="tall" onPress={() => setAsking(false)}>
                {t("common.cancel")}
              </Button>
              <Button
                look="filled"
                size="tall"
                onPress={() => {
                  setAsking(false);
                  onApply(true);
                }}
              >
                {planAction(plan)}
              </Button>
            </>
          }
        >
          {twiceWords(plan).map((words) => (
            <p key={words} className={css["why"]}>
              {words}
            </p>
          ))}
        </Modal>
      ) : null}
    </Sheet>
  );
}
