import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { AppError, KeychainInfo } from "../../ipc";
import { findings } from "../../testing/axe";
import { handed, madeUpToken } from "../../testing/connecting";
import type { Answers } from "../../testing/fakeBackend";
import { appState, store } from "../../testing/shop";
import { heading, open, pasteAndEnter, toCredentials, toName } from "../../testing/wizard";

const credentialsFile = { ...handed, kind: "credentialsFile", fileName: "BigCommerceAPI-credentials-1.txt" } as const;
const droppedTo = async (over: Answers) => {
  const opened = open(over);
  await heading("Which store?");
  act(() => opened.backend.tell({ kind: "fileDropped", name: "a.txt" }));
  await heading("Check");
  await screen.findByText("none of 4 is missing");
  await opened.user.keyboard("{Enter}");
  await heading("Name it");
  return opened;
};

describe("naming a store", () => {
  const none: KeychainInfo = { available: false, locked: false, isNew: false, name: "" };

  it("keeps what was chosen while going back and forth", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.clear(screen.getByLabelText("Name"));
    await user.type(screen.getByLabelText("Name"), "Wholesale");
    await user.click(screen.getByRole("radio", { name: "Berry" }));
    await user.click(screen.getByRole("radio", { name: /^Read-only/ }));
    await user.keyboard("{Escape}");
    await heading("Check");
    await user.keyboard("{Enter}");
    await heading("Name it");
    expect(screen.getByLabelText("Name")).toHaveValue("Wholesale");
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(backend.last("connect_save")).toMatchObject({ name: "Wholesale", color: "berry", safety: "readOnly" }),
    );
  });

  it("says what could not be put away, and opens the store all the same", async () => {
    const { user, router } = open({ connect_tidy: () => ({ clipboard: "nothing", file: "failed" }) });
    await toName(user);
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("could not be moved to the trash: delete it yourself");
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
  });

  it("puts away only what it was told to", async () => {
    const { user, backend } = open();
    await toCredentials(user);
    await user.click(screen.getByRole("checkbox", { name: "Move the credentials file to the trash" }));
    await pasteAndEnter(user, screen.getByLabelText("Access token"), madeUpToken);
    await screen.findByText("none of 4 is missing");
    await user.keyboard("{Enter}");
    await heading("Name it");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: false }));
  });

  it("announces what it puts away of a file that was dropped before any box was seen, and says that it did", async () => {
    const { user, backend } = await droppedTo({
      connect_begin: () => credentialsFile,
      connect_tidy: () => ({ clipboard: "nothing", file: "done" }),
    });
    const box = screen.getByRole("checkbox", { name: "Move BigCommerceAPI-credentials-1.txt to the trash" });
    expect(box).toBeChecked();
    expect(screen.getByRole("checkbox", { name: "Clear the clipboard" })).toBeChecked();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: true }));
    expect(await screen.findByText("BigCommerceAPI-credentials-1.txt is in the trash.")).toBeVisible();
  });

  it("leaves alone a file that BigCommerce did not make, unless it is told to", async () => {
    const own = { ...handed, kind: "settings", fileName: ".env" } as const;
    const { user, backend } = await droppedTo({ connect_begin: () => own });
    const box = screen.getByRole("checkbox", { name: "Move .env to the trash" });
    expect(box).not.toBeChecked();
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: true, file: false }));
  });

  it("puts away nothing of its own accord when the token is to be in memory only", async () => {
    const { user, backend } = await droppedTo({ connect_begin: () => credentialsFile });
    await user.click(await screen.findByRole("button", { name: "Keep it until I quit instead" }));
    const file = screen.getByRole("checkbox", { name: /^Move BigCommerceAPI/ });
    expect(file).not.toBeChecked();
    expect(screen.getByText(/this may be the one copy that is left/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: false, file: false }));
  });

  it("nor when that is decided only after the keychain refused", async () => {
    const { user, backend } = await droppedTo({
      connect_begin: () => credentialsFile,
      connect_save: ({ untilQuit }: { untilQuit: boolean }) => {
        if (!untilQuit) throw { code: "keychainAbsent" };
        return { ...store };
      },
    });
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await screen.findByRole("alert");
    await user.click(screen.getByRole("button", { name: "Keep it until I quit" }));
    await waitFor(() => expect(backend.last("connect_tidy")).toEqual({ clipboard: false, file: false }));
  });

  it("wants a name", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.clear(screen.getByLabelText("Name"));
    await user.keyboard("{Enter}");
    expect(await screen.findByText("A store needs a name. Type one of 1 to 80 characters.")).toBeVisible();
    expect(backend.times("connect_save")).toBe(0);
  });

  it("without a keychain, offers memory and never a file", async () => {
    const { user, backend } = open({ keychain: () => none });
    await toName(user);
    expect(await screen.findByText("Stockroom never writes a token to a file. It can hold it in memory instead.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Save and start the first pull" })).toBeDisabled();
    expect(await findings()).toEqual([]);
    await user.click(screen.getByRole("checkbox", { name: "Keep it until I quit" }));
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ untilQuit: true }));
  });

  it("keeps a token until it quits for whoever chooses so, with a keychain too", async () => {
    const { user, backend } = open();
    await toName(user);
    await user.click(await screen.findByRole("button", { name: "Keep it until I quit instead" }));
    expect(screen.getByRole("button", { name: "Use the keychain after all" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Save and start the first pull" }));
    await waitFor(() => expect(backend.last("connect_save")).toMatchObject({ untilQuit: true }));
  });

  it("shows the store that was saved before somebody could stop it, and puts nothing away", async () => {
    const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };
    const answers: ((saved: typeof store) => void)[] = [];
    const saving = new Promise<typeof store>((resolve) => answers.push(resolve));
    let stores: (typeof store)[] = [];
    const { user, backend, router } = open({
      app_state: () => ({ ...appState, stores }),
      keychain: () => locked,
      connect_save: () => saving as never,
    });
    await toName(user);
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was saved");
    stores = [store];
    answers[0]?.(store);
    await waitFor(() => expect(router.state.location.pathname).toBe(`/store/${store.key}/orders`));
    expect(await screen.findByText(/It was saved before that could be stopped/)).toBeVisible();
    expect(backend.times("connect_tidy")).toBe(0);
  });

  it("says that a locked keychain will ask, and what is waited for", async () => {
    const locked = { available: true, locked: true, isNew: false, name: "GNOME Keyring" };
    const { user, backend } = open({ keychain: () => locked, connect_save: () => new Promise(() => undefined) });
    await toName(user);
    expect(await screen.findByText(/Its password prompt may appear when you save/)).toBeVisible();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Waiting for your keychain");
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was saved");
    expect(backend.times("connect_forget")).toBeGreaterThan(0);
  });

  it("says of a keychain that was never used that a password has to be chosen, and while that is waited for", async () => {
    const fresh: KeychainInfo = { available: true, locked: false, isNew: true, name: "GNOME Keyring" };
    const { user } = open({ keychain: () => fresh, connect_save: () => new Promise(() => undefined) });
    await toName(user);
    expect(await screen.findByText(/it asks you to choose a password for it/)).toBeVisible();
    expect(screen.queryByText(/It is locked/)).toBeNull();
    expect(await findings()).toEqual([]);
    await user.keyboard("{Enter}");
    const waiting = await screen.findByRole("alert");
    expect(waiting).toHaveTextContent("Waiting for your keychain");
    expect(waiting).toHaveTextContent("choose a password for it");
  });

  const keychain: [AppError, string][] = [
    [{ code: "keychainAbsent" }, "No keychain answers on this system"],
    [{ code: "keychainLocked" }, "The keychain stayed locked"],
    [{ code: "keychainRefused" }, "The keychain stayed closed"],
    [{ code: "keychainNoEntry" }, "The keychain didn’t keep the token"],
    [{ code: "keychainAmbiguous" }, "The keychain holds two tokens for this store"],
    [{ code: "keychainFailed", trouble: "said", message: "no room." }, "Try again. Details: no room"],
    [{ code: "keychainFailed", trouble: "damaged", message: "" }, "Try again. Its own data is damaged."],
  ];
  it.each(keychain)("when the keychain says $code, loses nothing and offers memory", async (error, words) => {
    const save = vi.fn<(input: { untilQuit: boolean }) => unknown>(({ untilQuit }) => {
      if (!untilQuit) throw error;
      return { ...store };
    });
    const { user } = open({ connect_save: save as never });
    await toName(user);
    await user.type(screen.getByLabelText("Name"), " West{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(screen.getByLabelText("Name")).toHaveValue("Northfold Supply West");
    await user.click(screen.getByRole("button", { name: "Keep it until I quit" }));
    await waitFor(() => expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ untilQuit: true, name: "Northfold Supply West" })));
  });
});
