import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Header,
  Menu as List,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Separator,
} from "react-aria-components";
import { classes } from "../lib/classes";
import css from "./Menu.module.css";

/** One choice of a {@link Menu}. */
export type MenuChoice = {
  /** Tells it from the others. */
  id: string;
  /** What it does. */
  label: string;
  /** Before the words. */
  icon?: ReactNode;
  /** Quietly behind or below the words. */
  more?: ReactNode;
  /** Where `more` stands. */
  moreBelow?: boolean;
  /** At the right, such as a count or keys. */
  end?: ReactNode;
  /** It is the one in force. */
  current?: boolean;
  /** Why it can't be chosen now. */
  offBecause?: string | null;
  /** Does it. */
  onChoose: () => void;
};

/** Choices that belong together; a line parts them from the rest. */
export type MenuGroup = {
  /** Tells it from the others. */
  id: string;
  /** Stands above. */
  title?: string;
  /** Its choices. */
  choices: readonly MenuChoice[];
};

/** Props of {@link Menu}. */
export type MenuProps = {
  /** Names the list. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  /** What there is to choose from. */
  groups: readonly MenuGroup[];
  /** On which side it opens. */
  placement?: PopoverProps["placement"];
  /** Least width in pixels. */
  width?: number;
  /** Open, if the parent decides. */
  isOpen?: boolean;
  /** Told when it opens or closes. */
  onOpenChange?: (open: boolean) => void;
};

/** A button's list of choices. */
export function Menu({ label, trigger, groups, placement = "bottom start", width = 200, isOpen, onOpenChange }: MenuProps) {
  const shown = groups.filter((group) => group.choices.length > 0);
  return (
    <MenuTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover placement={placement} offset={4} className={css["popover"]!} style={{ minWidth: width }}>
        <List aria-label={label} className={css["menu"]!}>
          {shown.flatMap((group, at) => [
            ...(at > 0 ? [<Separator key={`${group.id}-line`} className={css["line"]!} />] : []),
            <MenuSection key={group.id} aria-label={group.title ?? label} className={css["group"]!}>
              {group.title ? <Header className={css["title"]!}>{group.title}</Header> : null}
              {group.choices.map((choice) => (
                <MenuItem
                  key={choice.id}
                  id={choice.id}
                  textValue={choice.label}
                  isDisabled={Boolean(choice.offBecause)}
                  onAction={choice.onChoose}
                  className={classes(css["choice"], choice.current && css["current"])}
                >
                  {choice.icon ? <span className={css["icon"]}>{choice.icon}</span> : null}
                  <span className={classes(css["words"], choice.moreBelow && css["stacked"])}>
                    <span className={css["label"]}>{choice.label}</span>
                    {choice.offBecause || choice.more ? (
                      <span className={css["more"]}>{choice.offBecause ?? choice.more}</span>
                    ) : null}
                  </span>
                  {choice.end}
                  {choice.current ? <Check className={css["check"]} aria-hidden /> : null}
                </MenuItem>
              ))}
            </MenuSection>,
          ])}
        </List>
      </Popover>
    </MenuTrigger>
  );
}
