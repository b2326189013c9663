import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FileTrouble, TokenMistake } from "../../ipc";
import { findings } from "../../testing/axe";
import { attempt, handed, hash, madeUpToken, mistaken } from "../../testing/connecting";
import { fail, heading, open, pasteAndEnter, toCheck, toCredentials } from "../../testing/wizard";

describe("handing over the credentials", () => {
  it("takes a file that is chosen, and learns nothing of it but its name and what it is for", async () => {
    const fromFile = { ...handed, kind: "credentialsFile", fileName: "BigCommerceAPI-credentials-1.txt", clientName: "Packing desk" };
    const { user, backend } = open({ connect_begin: () => fromFile });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", storefront: false, from: { kind: "chosen" } });
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}");
    expect(await screen.findByText(/^From BigCommerceAPI-credentials-1\.txt\. The account is called Packing desk\./)).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it("stays where it is when the dialog is closed", async () => {
    const { user } = open({ connect_begin: fail({ code: "cancelled" }) });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Choose the file…" })).toBeEnabled());
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("pastes from the clipboard with Ctrl+V, without the text passing through the window", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.keyboard("{Control>}v{/Control}");
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", storefront: false, from: { kind: "clipboard" } });
  });

  it("leaves Ctrl+V to a field that has the cursor", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.click(screen.getByLabelText("Access token"));
    await user.keyboard("{Control>}v{/Control}");
    expect(backend.times("connect_begin")).toBe(0);
  });

  it("takes a file that is dropped, at any of the first steps", async () => {
    const { backend } = open();
    await heading("Which store?");
    act(() => backend.tell({ kind: "fileDropped", name: "BigCommerceAPI-credentials-1.txt" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: "", preset: "ordersDesk", storefront: false, from: { kind: "dropped" } });
  });

  it("shows where a file can be let go", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    act(() => backend.tell({ kind: "fileOver", over: true }));
    expect(await screen.findByText("Let go to hand it over")).toBeVisible();
    act(() => backend.tell({ kind: "fileOver", over: false }));
    expect(await screen.findByText(/^Drop BigCommerceAPI-credentials/)).toBeVisible();
  });

  it("skips the first step, and learns the store from the credentials", async () => {
    const { user, backend } = open({ connect_begin: () => ({ ...handed, hash }) });
    await user.click(await screen.findByRole("button", { name: "I don’t know it, skip" }));
    await heading("What may Stockroom do?");
    expect(screen.getByText("Left to the credentials")).toBeVisible();
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("button", { name: /^Paste from clipboard/ }));
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({ address: "" });
    expect(screen.getByText(`Store hash ${hash}`)).toBeVisible();
  });

  it("asks which store a token alone is for, and keeps the token meanwhile", async () => {
    const answers = [mistaken({ code: "noStore" }), handed];
    const { user, backend } = open({ connect_begin: () => answers.shift() });
    await user.click(await screen.findByRole("button", { name: "I don’t know it, skip" }));
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("button", { name: /^Paste from clipboard/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Which store is it for?");
    expect(screen.getByLabelText("Store hash")).toHaveFocus();
    expect(await findings()).toEqual([]);
    await user.keyboard(`${hash}{Enter}`);
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "ordersDesk", storefront: false, from: { kind: "again" } });
  });

  it("notices credentials of another store, and offers that one", async () => {
    const answers = [mistaken({ code: "otherStore", wanted: hash, found: "zzz999" }), { ...handed, attempt: { ...attempt, hash: "zzz999" } }];
    const { user, backend } = open({ connect_begin: () => answers.shift() });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent(`You named ${hash}, and they are for zzz999.`);
    await user.click(within(alert).getByRole("button", { name: "Use zzz999" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: "zzz999", preset: "ordersDesk", storefront: false, from: { kind: "again" } });
    expect(screen.getByText("Store hash zzz999")).toBeVisible();
  });

  it("names a file that holds something else, and lets choose again", async () => {
    const wrong = { ...mistaken({ code: "token", mistake: "missing" }), fileName: "shopping.txt" };
    const { user, backend } = open({ connect_begin: () => wrong });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("There is no access token in it");
    expect(alert).toHaveTextContent("In shopping.txt:");
    await user.click(within(alert).getByRole("button", { name: "Choose again…" }));
    await waitFor(() => expect(backend.times("connect_begin")).toBe(2));
  });

  const files: [FileTrouble, string][] = [
    ["gone", "The file is no longer there"],
    ["forbidden", "The file may not be read"],
    ["noFile", "That is no file"],
    ["other", "The file can’t be read"],
  ];
  it.each(files)("says of a file that it is %s", async (trouble, words) => {
    const { backend } = open({ connect_begin: () => ({ ...mistaken({ code: "file", trouble }), fileName: "a.txt" }) });
    await heading("Which store?");
    act(() => backend.tell({ kind: "fileDropped", name: "a.txt" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
  });

  it("says that the clipboard can't be read, and what to do instead", async () => {
    const { user } = open({ connect_begin: fail({ code: "clipboardFailed", message: "no answer." }) });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: /^Paste from clipboard/ }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/The clipboard can’t be read.*Paste into the field.*Details: no answer/);
  });

  it("asks again for another preset without another look at the token", async () => {
    const { user, backend } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}{Escape}");
    await heading("What may Stockroom do?");
    await user.click(screen.getByRole("radio", { name: /^Everything/ }));
    await user.click(screen.getByRole("button", { name: /^I have the credentials/ }));
    await user.click(await screen.findByRole("button", { name: /^Continue/ }));
    await heading("Check");
    expect(backend.last("connect_begin")).toEqual({ address: hash, preset: "everything", storefront: false, from: { kind: "again" } });
  });

  it("keeps lines apart that are pasted into the field of one line", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await pasteAndEnter(user, screen.getByLabelText("Access token"), `ACCESS TOKEN: ${madeUpToken}\r\nCLIENT ID: abc\n`);
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({
      from: { kind: "typed", token: `ACCESS TOKEN: ${madeUpToken}  CLIENT ID: abc  ` },
    });
  });

  it("covers the token, until asked to show it", async () => {
    const { user } = open();
    await toCredentials(user);
    const field = screen.getByLabelText("Access token");
    expect(field).toHaveAttribute("type", "password");
    expect(field).toHaveAttribute("autocomplete", "off");
    await user.click(screen.getByRole("button", { name: "Show Access token" }));
    expect(field).toHaveAttribute("type", "text");
  });

  it("keeps nothing of the token: not in the field, the page, the address or the cache", async () => {
    const { user, client, router } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    const cached = JSON.stringify([
      client.getQueryCache().getAll().map(({ queryKey, state }) => [queryKey, state.data]),
      client.getMutationCache().getAll().map(({ state }) => [state.variables, state.data]),
    ]);
    expect(cached).not.toContain(madeUpToken);
    expect(router.state.location.href).not.toContain(madeUpToken);
    expect(document.documentElement.outerHTML).not.toContain(madeUpToken);
    await user.keyboard("{Escape}");
    await heading("Hand over the credentials");
    expect(screen.queryByLabelText("Access token")).toBeNull();
    expect(screen.getByText("The token ending in f3a9 is held in memory")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Replace…" }));
    expect(screen.getByLabelText("Access token")).toHaveValue("");
  });

  const mistakes: [TokenMistake, string][] = [
    ["empty", "The token is missing"],
    ["clientSecret", "That is the client secret"],
    ["storefrontToken", "That is a storefront token"],
    ["cutOff", "The end of the token is missing"],
    ["masked", "Those are dots, not the token"],
    ["apiPath", "That is the API path"],
    ["whitespace", "There are spaces inside"],
    ["characters", "That doesn’t look like a token"],
    ["tooLong", "That is far too long for a token"],
    ["clientId", "That is the client ID"],
    ["stencilToken", "That is the token of a Stencil CLI account"],
    ["shopify", "That is a token of Shopify"],
    ["filePath", "That is where the file lies, not what is in it"],
    ["placeholder", "That only stands for a token"],
    ["several", "There is more than one token in it"],
  ];
  it.each(mistakes)("names the mistake %s, empties the field and puts the cursor there", async (mistake, words) => {
    const { user } = open({ connect_begin: () => mistaken({ code: "token", mistake }) });
    await toCredentials(user);
    const field = screen.getByLabelText("Access token");
    await pasteAndEnter(user, field, "something wrong");
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(field).toHaveValue("");
    expect(field).toHaveFocus();
    expect(field).toBeInvalid();
    expect(await findings()).toEqual([]);
  });

  it("only remarks on an unusual length", async () => {
    const { user } = open({ connect_begin: () => ({ ...handed, attempt: { ...attempt, unusualLength: 28 } }) });
    await toCheck(user);
    expect(await screen.findByText(/The token has 28 characters/)).toBeVisible();
  });

  it("forgets the token when the hash becomes another", async () => {
    const { user, backend } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Escape}");
    const before = backend.times("connect_forget");
    await user.type(await screen.findByLabelText("Store hash"), "2");
    expect(await screen.findByRole("alert")).toHaveTextContent(`belonged to the store hash ${hash}`);
    expect(backend.times("connect_forget")).toBeGreaterThan(before);
    expect(screen.getByLabelText("Access token")).toHaveValue("");
  });
});

describe("several stores in one text, and files that are not taken", () => {
  it("offers the stores that a text names, if none of them is the one that was named", async () => {
    const several = mistaken({ code: "severalStores", wanted: hash, found: ["zzz999", "yyy888"] });
    const answers = [several, { ...handed, attempt: { ...attempt, hash: "yyy888" } }];
    const { user, backend } = open({ connect_begin: () => answers.shift() });
    await toCredentials(user);
    await user.click(screen.getByRole("button", { name: "Choose the file…" }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent(`You named ${hash}, and it names zzz999, yyy888.`);
    await user.click(within(alert).getByRole("button", { name: "Use yyy888" }));
    await heading("Check");
    expect(backend.last("connect_begin")).toMatchObject({ address: "yyy888", from: { kind: "again" } });
  });

  it("says so of a file that is dropped when a token is at hand already", async () => {
    const { user, backend } = open();
    await toCheck(user);
    await screen.findByText("none of 4 is missing");
    const before = backend.times("connect_begin");
    act(() => backend.tell({ kind: "fileDropped", name: "another.txt" }));
    expect(await screen.findByText("another.txt was not taken")).toBeVisible();
    expect(backend.times("connect_begin")).toBe(before);
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.queryByText("another.txt was not taken")).toBeNull();
    act(() => backend.tell({ kind: "fileDropped", name: "third.txt" }));
    expect(await screen.findByText("third.txt was not taken")).toBeVisible();
  });

  it("says so of a second file while the first is read", async () => {
    const { user, backend } = open({ connect_begin: () => new Promise(() => undefined) });
    await toCredentials(user);
    act(() => backend.tell({ kind: "fileDropped", name: "first.txt" }));
    await waitFor(() => expect(backend.times("connect_begin")).toBe(1));
    act(() => backend.tell({ kind: "fileDropped", name: "second.txt" }));
    expect(await screen.findByText("second.txt was not taken")).toBeVisible();
    expect(backend.times("connect_begin")).toBe(1);
  });
});

describe("the field for the token", () => {
  it("hands its text out once", async () => {
    const { user } = open({ connect_begin: () => new Promise(() => undefined) });
    await toCredentials(user);
    const field = screen.getByLabelText<HTMLInputElement>("Access token");
    await user.type(field, madeUpToken);
    fireEvent.submit(field);
    expect(field).toHaveValue("");
    expect(field.defaultValue).toBe("");
  });
});
