import { Check, Lock } from "lucide-react";
import { type ReactNode, type FormEvent, useEffect, useRef } from "react";
import { Button as Pressable } from "react-aria-components";
import { Logo } from "../../components/Logo";
import { t } from "../../i18n";
import { classes } from "../../lib/classes";
import css from "./WizardFrame.module.css";

/** The steps, in order. */
export const steps = ["store", "scopes", "credentials", "check", "name"] as const;

/** A step of connecting a store. */
export type Step = (typeof steps)[number];

/** Props of {@link WizardFrame}. */
export type WizardFrameProps = {
  /** The step that is shown. */
  step: Step;
  /** What was entered in the steps before, in a few words. */
  facts: Partial<Record<Step, string>>;
  /** Goes back to an earlier step; `null` while that can't be done. */
  onStep: ((step: Step) => void) | null;
  /** The step. */
  children: ReactNode;
};

/** The list of steps at the left and the step beside it. */
export function WizardFrame({ step, facts, onStep, children }: WizardFrameProps) {
  const at = steps.indexOf(step);
  return (
    <main aria-label={t("connect.title")} className={css["wizard"]}>
      <div className={css["side"]}>
        <div className={css["logo"]}>
          <Logo />
        </div>
        <nav aria-label={t("wizard.steps")} className={css["steps"]}>
          <ol>
            {steps.map((one, index) => {
              const done = index < at;
              const words = (
                <>
                  <span className={css["number"]} aria-hidden>
                    {done ? <Check /> : index + 1}
                  </span>
                  <span className={css["stepWords"]}>
                    {t(`wizard.step.${one}`)}
                    {done ? (
                      <>
                        <span className={css["said"]}>, {t("wizard.doneWord")}</span>
                        {facts[one] ? <span className={css["fact"]}>{facts[one]}</span> : null}
                      </>
                    ) : null}
                  </span>
                </>
              );
              return (
                <li key={one} aria-current={one === step ? "step" : undefined}>
                  {done && onStep ? (
                    <Pressable className={classes(css["step"], css["done"])} onPress={() => onStep(one)}>
                      {words}
                    </Pressable>
                  ) : (
                    <span className={classes(css["step"], done && css["done"], one === step && css["current"])}>
                      {words}
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
        </nav>
        <p className={css["sideFoot"]}>
          <Lock aria-hidden />
          {t("wizard.foot")}
        </p>
      </div>
      {children}
    </main>
  );
}

/** Props of {@link StepPage}. */
export type StepPageProps = {
  /** The step's question. */
  title: string;
  /** One sentence about it. */
  what: ReactNode;
  /** Moves the focus to the heading; for steps that do not start with a field. */
  focusHeading?: boolean;
  /** What the step asks or tells. */
  children: ReactNode;
  /** At the left of the bottom bar. */
  aside?: ReactNode;
  /** Buttons; the one that goes on stands last. */
  footer: ReactNode;
  /** Enter in a field, or the last button. */
  onContinue: () => void;
};

/** One step: heading, content and the bar of buttons. */
export function StepPage({ title, what, focusHeading, children, aside, footer, onContinue }: StepPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusHeading) heading.current?.focus();
  }, [focusHeading]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onContinue();
  };
  return (
    <form className={css["page"]} onSubmit={submit} noValidate autoComplete="off">
      <div className={css["scroll"]}>
        <h1 ref={heading} tabIndex={-1} className={css["title"]}>
          {title}
        </h1>
        <p className={css["what"]}>{what}</p>
        {children}
      </div>
      <div className={css["foot"]}>
        <div className={css["aside"]}>{aside}</div>
        {footer}
      </div>
    </form>
  );
}
