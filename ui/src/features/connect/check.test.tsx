import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { AppError, CheckReport } from "../../ipc";
import { findings } from "../../testing/axe";
import { elsewhere, fine, handed, hash, lacking, madeUpToken, refused, unreached } from "../../testing/connecting";
import { checked, fail, heading, open, pasteAndEnter, toCheck, toCredentials, toScopes } from "../../testing/wizard";

describe("the check", () => {
  it("grows line by line, and can be stopped", async () => {
    const ends: ((report: CheckReport) => void)[] = [];
    const { user, backend } = open({ connect_check: () => new Promise((resolve) => ends.push(resolve)) });
    await toCheck(user);
    const report: CheckReport = {
      ...unreached({ code: "cancelled" }),
      finished: false,
      lines: fine.lines.map(({ step }) => ({ step, state: step === "reached" ? "ok" : "waiting", problem: null })),
    };
    act(() => backend.tell({ kind: "check", report: { ...report, answeredInMs: 182 } }));
    expect(await screen.findByText("api.bigcommerce.com answered in 182 ms")).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toBeDisabled();
    act(() => backend.tell({ kind: "check", report: { ...report, waiting: { seconds: 8, because: "quotaUsedUp" } } }));
    expect(await screen.findByText("Other apps are using this store’s quota, goes on in 8 s")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The check was stopped");
    expect(backend.times("connect_forget")).toBeGreaterThan(0);
    // A late answer changes nothing.
    act(() => ends[0]?.(fine));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Hand over the credentials");
  });

  it("says which store it is", async () => {
    const { user } = open();
    await toCheck(user);
    const list = await screen.findByText("1204 Harbor Ave, Bellingham, WA · USD · Pacific time · Pro plan");
    expect(list).toBeVisible();
    expect(screen.getByText("ends in f3a9, stored nowhere yet")).toBeVisible();
    expect(screen.getByText("450 requests in 30 s, 444 left just now")).toBeVisible();
  });

  it("lists all missing scopes at once, with the remedy", async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    const { user } = checked(lacking("orders"));
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await toCheck(user);
    const panel = await screen.findByRole("alert", { name: "1 scope is missing" });
    expect(panel).toHaveTextContent("BigCommerce doesn’t let anyone edit the scopes of an account.");
    expect(panel).toHaveTextContent("Create a new account with exactly these 4");
    expect(panel).toHaveTextContent("Orders can’t be listed or changed");
    await user.click(within(panel).getByRole("button", { name: "Copy" }));
    expect(written).toHaveBeenLastCalledWith("- Customers: read-only\n- Information & settings: read-only\n- Orders: modify\n- Products: read-only");
    await user.click(within(panel).getByRole("button", { name: "Copy for owner" }));
    expect(written.mock.lastCall?.[0]).toContain("- Orders: modify");
    expect(written.mock.lastCall?.[0]).not.toContain(madeUpToken);
    expect(await findings()).toEqual([]);
  });

  it("lists the missing scopes also where one answer was odd", async () => {
    const odd: AppError = { code: "unexpectedAnswer", path: "plan_level" };
    const report = lacking("orders");
    const lines = report.lines.map((line) => (line.step === "store" ? { ...line, state: "bad" as const, problem: odd } : line));
    const { user } = checked({ ...report, lines });
    await toCheck(user);
    expect(await screen.findByRole("alert", { name: "1 scope is missing" })).toBeVisible();
    expect(screen.getByText("Orders can’t be listed or changed")).toBeVisible();
    expect(screen.getByRole("heading", { name: "The store answered in an unknown way" })).toBeVisible();
    expect(screen.getByText(/The field plan_level is not as BigCommerce’s reference says/)).toBeVisible();
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await user.click(screen.getByRole("button", { name: "Copy a report" }));
    const copied = written.mock.lastCall?.[0] ?? "";
    expect(copied).toMatch(/^Stockroom .*, connecting a store: unexpectedAnswer at plan_level, host api\.bigcommerce\.com$/);
    for (const secret of [madeUpToken, "f3a9", hash, "Northfold"]) expect(copied).not.toContain(secret);
    expect(screen.getAllByRole("button", { name: "Check again" })).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });

  it("opens the accounts of the store that was checked, and keeps to its control panel's layout", async () => {
    const { user, backend } = checked(lacking("orders"));
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: written } });
    await toScopes(user);
    await user.click(screen.getByRole("radio", { name: "Advanced Settings" }));
    await user.click(screen.getByRole("button", { name: /^I have the credentials/ }));
    await pasteAndEnter(user, await screen.findByLabelText("Access token"), madeUpToken);
    await screen.findByText("1 of 4 is missing");
    await user.click(screen.getByRole("button", { name: "Open BigCommerce" }));
    expect(backend.last("open_page")).toEqual({ store: null, hash, page: "apiAccounts", id: null });
    await user.click(screen.getByRole("button", { name: "Copy for owner" }));
    expect(written.mock.lastCall?.[0]).toContain("Advanced Settings › API Accounts › Create API Account");
  });

  it("goes on with less only when told to", async () => {
    const { user } = checked(lacking("orders"));
    await toCheck(user);
    await screen.findByText("1 of 4 is missing");
    await user.keyboard("{Enter}");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Check");
    await user.click(screen.getByRole("button", { name: "Continue with less" }));
    expect(await heading("Name it")).toBeVisible();
  });

  it("recognizes a token without any scope", async () => {
    const { user } = checked(lacking("customers", "information", "orders", "products"));
    await toCheck(user);
    expect(await screen.findByRole("alert", { name: "This token has no scopes at all" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Continue with less" })).toBeNull();
    // A wrong hash looks the same.
    expect(screen.getByText(new RegExp(`If ${hash} is not the hash of your store, BigCommerce may answer the same way`))).toBeVisible();
  });

  it("compares with the API path that came with the token, where there is one", async () => {
    const none = lacking("customers", "information", "orders", "products");
    const answers = [none, elsewhere];
    const { user } = open({ connect_begin: () => ({ ...handed, hash }), connect_check: () => answers.shift() });
    await toCheck(user);
    expect(await screen.findByText(/The API path that came with the token names k7v2mq9x1d, too/)).toBeVisible();
    expect(screen.queryByText(/is not the hash of your store/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Check again" }));
    const panel = await screen.findByRole("region", { name: "Hash and token don’t belong together" });
    expect(panel).toHaveTextContent("The account may have been deleted: create a new one.");
    expect(within(panel).getByRole("button", { name: "Use a new account" })).toBeVisible();
  });

  it("does not call a token scopeless that was made for something else", async () => {
    const none = lacking("customers", "information", "orders", "products");
    const problem: AppError = { code: "otherScopes", scopes: ["marketing", "themes"] };
    const lines = none.lines.map((line) => (line.step === "scopes" ? { ...line, problem } : line));
    const { user } = checked({ ...none, lines });
    await toCheck(user);
    const panel = await screen.findByRole("alert", { name: "This token was made for something else" });
    expect(panel).toHaveTextContent("It opens Marketing, Themes, and nothing that Stockroom has a use for.");
  });

  it("goes back to the first step when it is somebody else's store", async () => {
    const { user, backend } = open();
    await toCheck(user);
    const button = await screen.findByRole("button", { name: "Not my store" });
    const before = backend.times("connect_forget");
    await user.click(button);
    await heading("Which store?");
    expect(backend.times("connect_forget")).toBeGreaterThan(before);
  });

  const host = "api.bigcommerce.com";
  const failures: [string, CheckReport, string, string, string][] = [
    ["no network", unreached({ code: "network", trouble: "dns", host }), "No network, or no such host", host, "Check again"],
    ["a closed door", unreached({ code: "network", trouble: "refused", host }), `Nobody answers at ${host}`, "firewall", "Check again"],
    ["a proxy", unreached({ code: "network", trouble: "proxy", host }), `The proxy refuses ${host}`, "allow", "Check again"],
    ["a computer without certificates", unreached({ code: "network", trouble: "noAuthorities", host }), "This computer has no certificates to check connections with", "Install your system’s package ca-certificates", "Check again"],
    ["an opened connection", unreached({ code: "network", trouble: "tls", host }), `The connection to ${host} can’t be trusted`, "Your token was not sent", "Check again"],
    ["no answer", unreached({ code: "network", trouble: "timedOut", host }), `No answer from ${host}`, "in time", "Check again"],
    ["a cut", unreached({ code: "network", trouble: "reset", host }), `The connection to ${host} was cut`, "Check again", "Check again"],
    ["a detour", unreached({ code: "network", trouble: "redirected", host }), `${host} pointed to another address`, "doesn’t follow it", "Check again"],
    ["a revoked token", refused, "BigCommerce doesn’t know this token", "or it is the client ID, which looks alike: take the line “Access token”", "Paste the token again"],
    ["another store's token", elsewhere, "Hash and token don’t belong together", `Either ${hash} is not the hash of your store, or the token was made in another store`, "Compare hash and token"],
    ["a store that is down", unreached({ code: "storeUnavailable", trouble: "unavailable", status: 503 }), "The store is not available", "status 503", "Check again"],
    ["a locked store", unreached({ code: "storeUnavailable", trouble: "locked", status: 423 }), "The store is locked", "control panel", "Check again"],
    ["a page in place of data", unreached({ code: "unexpectedAnswer", path: "$" }), "The store answered in an unknown way", "sign in to this network", "Copy a report"],
    ["an odd answer", unreached({ code: "unexpectedAnswer", path: "$.data.currency" }), "The store answered in an unknown way", "The field data.currency is not as", "Copy a report"],
  ];
  it.each(failures)("names %s, and one next step", async (_name, report, cause, more, step) => {
    const { user } = checked(report);
    await toCheck(user);
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByRole("heading", { name: cause })).toBeVisible();
    const panel = screen.getByRole("region", { name: cause });
    expect(panel).toHaveTextContent(more);
    expect(within(panel).getByRole("button", { name: step })).toBeVisible();
    expect(screen.getByRole("button", { name: "Continue" })).toBeDisabled();
    expect(await findings()).toEqual([]);
  });

  it("waits by itself when the quota is used up, showing the seconds", async () => {
    const answers = [unreached({ code: "rateLimited", seconds: 2 }), fine];
    const { user, backend } = open({ connect_check: () => answers.shift() });
    // Each number stands for a second, and may be gone before anybody looks.
    const shown: string[] = [];
    const watch = new MutationObserver(() => {
      const seconds = /Checks again by itself in (\d+) s\./.exec(document.body.textContent ?? "")?.[1];
      if (seconds !== undefined && seconds !== shown.at(-1)) shown.push(seconds);
    });
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    await toCheck(user);
    expect(await screen.findByText("none of 4 is missing")).toBeVisible();
    watch.disconnect();
    expect(shown.slice(0, 2)).toEqual(["2", "1"]);
    expect(backend.times("connect_check")).toBe(2);
  });

  it("warns of a clock that is far off", async () => {
    const { user } = checked({ ...fine, clockAheadSeconds: -420 });
    await toCheck(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("This computer’s clock is 7 minutes behind");
  });

  it("asks for the token again when it is no longer at hand", async () => {
    const { user } = open({ connect_check: fail({ code: "attemptGone" }) });
    await toCredentials(user);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    expect(await screen.findByText("The token is no longer at hand")).toBeVisible();
    expect(screen.getByLabelText("Store hash")).toHaveValue(hash);
  });

  it("lets go of the token when the wizard is left", async () => {
    const { user, backend, router } = open({}, "/welcome");
    await screen.findByRole("button", { name: "Connect your store" });
    await user.keyboard("1");
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}{Escape}{Escape}");
    await heading("Which store?");
    await user.keyboard("{Escape}");
    const before = backend.times("connect_forget");
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Leave" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/welcome"));
    await waitFor(() => expect(backend.times("connect_forget")).toBeGreaterThan(before));
  });
});

/** What is known once the person has let writing be asked about. */
const asked = (write: "granted" | "missing"): CheckReport => ({
  ...fine,
  lines: fine.lines.map((line) =>
    line.step === "scopes" && write === "missing"
      ? { ...line, state: "bad", problem: { code: "missingScope", needs: { scope: "orders", level: "modify" } } }
      : line,
  ),
  scopes: fine.scopes.map((line) => (line.wantsModify ? { ...line, write } : line)),
});

describe("checking writing", () => {
  it("happens only on request, and says that nothing was created", async () => {
    const { user, backend } = open({ connect_check_writes: () => asked("granted") });
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    expect(screen.getByRole("row", { name: /^Orders granted not checked/ })).toBeVisible();
    expect(backend.times("connect_check_writes")).toBe(0);
    await user.click(screen.getByRole("button", { name: "Check writing, too" }));
    expect(await screen.findByRole("row", { name: /^Orders granted granted/ })).toBeVisible();
    expect(screen.getByText(/Nothing was created/)).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("puts what is missing into the list with the remedy", async () => {
    const { user } = open({ connect_check_writes: () => asked("missing") });
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.click(screen.getByRole("button", { name: "Check writing, too" }));
    expect(await screen.findByRole("heading", { name: "1 scope is missing" })).toBeVisible();
    expect(screen.getByText("was read-only")).toBeVisible();
    expect(screen.getByText("Orders can be read but not changed")).toBeVisible();
  });
});
