/** The way through the wizard, for its tests. */
import { screen } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { AppError, CheckReport } from "../ipc";
import { firstStart, madeUpToken, panelAddress } from "./connecting";
import type { Answers } from "./fakeBackend";
import { openWindow } from "./window";

/** The heading of a step, once it is there. */
export const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
/** An answer of the backend: this error. */
export const fail = (error: AppError) => () => {
  throw error;
};

/** As Ctrl+V and Enter do. */
export async function pasteAndEnter(user: UserEvent, field: HTMLElement, text: string) {
  await user.click(field);
  await user.paste(text);
  await user.keyboard("{Enter}");
}

/** To the second step. */
export async function toScopes(user: UserEvent) {
  await pasteAndEnter(user, await screen.findByLabelText("Address, API path or store hash"), panelAddress);
  await heading("What may Stockroom do?");
}

/** To the third step. */
export async function toCredentials(user: UserEvent) {
  await toScopes(user);
  await user.keyboard("{Enter}");
  await heading("Hand over the credentials");
}

/** To the fourth step, whatever it finds. */
export async function toCheck(user: UserEvent) {
  await toCredentials(user);
  await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
  await heading("Check");
}

/** To the fifth step. */
export async function toName(user: UserEvent) {
  await toCheck(user);
  await screen.findByText("none of 4 is missing");
  await user.keyboard("{Enter}");
  await heading("Name it");
}

/** The wizard of a first start. */
export function open(over: Answers = {}, place = "/connect") {
  const user = userEvent.setup();
  return { user, ...openWindow(place, { ...firstStart(), ...over }) };
}

/** The same, where the check finds this. */
export function checked(report: CheckReport, over: Answers = {}) {
  return open({ connect_check: () => report, ...over });
}
