import { type KeyboardEventHandler, type ReactNode, useRef } from "react";
import { useStaysPut } from "../lib/staysPut";
import css from "./Panel.module.css";

/** Props of {@link Panel}. */
export type PanelProps = {
  /** Names it for screen readers. */
  label: string;
  /** Number or name of the thing. */
  title: string;
  /** Behind the title, such as a status. */
  beside?: ReactNode;
  /** Up, down, close. */
  controls: ReactNode;
  /** One line of facts. */
  facts?: ReactNode;
  /** What can be done; one of them filled. */
  actions?: ReactNode;
  /** Why something is off. */
  note?: ReactNode;
  /** What went wrong here. */
  trouble?: ReactNode;
  /** Its sections. */
  children: ReactNode;
  /** Hears keys that nothing inside took. */
  onKeyDown?: KeyboardEventHandler;
};

/** The thing that is open beside a list. */
export function Panel(props: PanelProps) {
  const { label, title, beside, controls, facts, actions, note, trouble, children, onKeyDown } = props;
  const body = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useStaysPut(body, content);
  return (
    // Hears Esc from the controls inside it, and takes the focus when the control that had it is switched off.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex
    <aside className={css["panel"]} aria-label={label} tabIndex={-1} data-keeps-focus onKeyDown={onKeyDown}>
      <header className={css["head"]}>
        <div className={css["top"]}>
          <h2 className={css["title"]} data-selectable>
            {title}
          </h2>
          <span className={css["beside"]}>{beside}</span>
          <span className={css["controls"]}>{controls}</span>
        </div>
        {facts ? (
          <p className={css["facts"]} data-selectable>
            {facts}
          </p>
        ) : null}
        {actions ? <div className={css["actions"]}>{actions}</div> : null}
        {note ? <p className={css["note"]}>{note}</p> : null}
        {trouble ? <div className={css["trouble"]}>{trouble}</div> : null}
      </header>
      <div ref={body} className={css["body"]}>
        <div ref={content}>{children}</div>
      </div>
    </aside>
  );
}
