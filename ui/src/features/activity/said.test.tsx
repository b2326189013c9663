import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ActivityEntry, ActivityRow, Reason } from "../../ipc";
import { entryBy, entryWhy, foundWords, reasonWords, saidWords } from "../../lib/entries";
import { activityEntry, activityRow, shop, store } from "../../testing/shop";
import { openWindow } from "../../testing/window";

const because = (reason: Reason, words = "") => ({ reason, words });

describe("who made a change", () => {
  it("is said with how many others were confirmed at one time", () => {
    const job = activityEntry.job;
    const by = (who: string, size: number) => entryBy({ who }, { ...job, size });
    expect(by("you", 1)).toBe("by you");
    expect(by("you", 2)).toBe("by you, together with 1 other change");
    expect(by("you", 60)).toBe("by you, together with 59 other changes");
    expect(by("a schedule", 1)).toBe("by a schedule");
    expect(by("a schedule", 3)).toBe("by a schedule, together with 2 other changes");
  });

  it("stands in its panel", async () => {
    openWindow(`/store/${store.key}/activity?open=${activityRow.entry}`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, job: { ...activityEntry.job, size: 60 } }),
    });
    expect(await screen.findByText(/by you, together with 59 other changes$/)).toBeVisible();
  });
});

describe("why a change stands where it stands", () => {
  it("is said in words of ours, and apart from them in the store's", () => {
    expect(saidWords({ reason: null, words: "" })).toBe("");
    expect(saidWords({ reason: null, words: "The URL is taken." })).toBe("The URL is taken.");
    expect(reasonWords(because({ kind: "gone" }))).toBe("It is no longer in the store.");
    expect(saidWords(because({ kind: "limitReached" }, "30 is the most."))).toBe(
      "The store has as many of them as it may have. 30 is the most.",
    );
    // The store says best what it does not take.
    expect(saidWords(because({ kind: "invalid", fields: [] }, "Not so."))).toBe("Not so.");
    expect(saidWords(because({ kind: "invalid", fields: [] }))).toBe("The store does not take these values.");
  });

  it("names fields and scopes as the window does", () => {
    expect(reasonWords(because({ kind: "notSaid", fields: ["costPrice", "sku"] }))).toBe(
      "The store’s answer left out: Cost, SKU.",
    );
    expect(reasonWords(because({ kind: "notSaid", fields: [] }))).toBe("The store’s answer left out: some fields.");
    expect(reasonWords(because({ kind: "missingScope", needs: { scope: "orders", level: "modify" } }))).toBe(
      "The access token lacks the scope Orders, modify.",
    );
    expect(foundWords([{ field: "name", value: { kind: "text", text: "Tarn Mug" } }])).toBe("Name: “Tarn Mug”");
  });

  const byField = because(
    {
      kind: "invalid",
      fields: [
        { field: "staffNotes", name: "staff_notes", words: "is too long" },
        { field: null, name: "custom_url.url", words: "is taken" },
      ],
    },
    "staff_notes: is too long; custom_url.url: is taken",
  );

  it("names the fields that the store refused as the window does, and says it once", () => {
    expect(saidWords(byField)).toBe("Staff notes: is too long · Custom URL, URL: is taken");
  });

  it("stands in the panel of the change, field by field", async () => {
    openWindow(`/store/${store.key}/activity?open=${activityRow.entry}`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, row: { ...activityRow, state: "refused", said: byField, canUndo: false } }),
    });
    const held = within(await screen.findByRole("region", { name: "What the store holds against it" }));
    expect(held.getAllByRole("term").map((term) => term.textContent)).toEqual(["Staff notes", "Custom URL, URL"]);
    expect(held.getByText("is too long")).toBeVisible();
    expect(screen.queryByLabelText("The store’s words")).toBeNull();
  });

  it("stands in the panel, with what was found at each step", async () => {
    const detail: ActivityEntry = {
      ...activityEntry,
      row: { ...activityRow, state: "refused", said: because({ kind: "gone" }, "No such order."), canUndo: false },
      steps: [
        {
          at: "2026-11-16T08:44:00.100Z",
          kind: "foundChanged",
          said: because({ kind: "otherValues" }),
          found: [{ field: "staffNotes", value: { kind: "text", text: "Rang twice" } }],
        },
        { at: "2026-11-16T08:44:00.700Z", kind: "postponed", said: because({ kind: "unavailable" }), found: [] },
      ],
    };
    openWindow(`/store/${store.key}/activity?open=${activityRow.entry}`, {
      ...shop(),
      activity_entry: () => detail,
    });
    expect(await screen.findByText("It is no longer in the store.")).toBeVisible();
    expect(screen.getByLabelText("The store’s words")).toHaveTextContent("“No such order.”");
    const [first, second] = within(screen.getByRole("region", { name: "How it went" })).getAllByRole("listitem");
    expect(first).toHaveTextContent("Staff notes: “Rang twice”");
    expect(second).toHaveTextContent("The store did not serve at the time.");
  });

  it("says of stock that the store books late where it may be found, and of no refusal", () => {
    const late = { ...activityRow, state: "unclear" as const, said: because({ kind: "stillAsBefore" }) };
    expect(entryWhy(late)).not.toMatch(/said no|no answer/i);
    expect(reasonWords(late.said)).toMatch(/said done.*look again/);
  });

  it("says of what was left alone after the store did a part of it that the part is there", async () => {
    const left: ActivityRow = {
      ...activityRow,
      state: "leftAsItWas",
      said: because({ kind: "onlyPart", fields: [] }),
      isErased: true,
      canUndo: false,
    };
    expect(entryWhy(left)).toMatch(/^The store did a part of it\. .*the rest was left as it was\.$/);
    expect(entryWhy({ ...left, said: { reason: null, words: "" } })).toMatch(/the store was left as it was/);
    openWindow(`/store/${store.key}/activity?open=${left.entry}`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, row: left }),
    });
    expect(await screen.findByText(/^The store did a part of it/)).toBeVisible();
    expect(screen.queryByText("A part of it is in the store, and a part is not.")).toBeNull();
  });

  it("says of what was taken in part and put back since nothing of a part that is in the store", async () => {
    const row: ActivityRow = {
      ...activityRow,
      state: "undone",
      said: because({ kind: "onlyPart", fields: [] }),
      canUndo: false,
    };
    openWindow(`/store/${store.key}/activity?open=${row.entry}`, {
      ...shop(),
      activity_entry: () => ({ ...activityEntry, row }),
    });
    expect(await screen.findByText("Done, and put back since.")).toBeVisible();
    expect(screen.queryByText("A part of it is in the store, and a part is not.")).toBeNull();
  });

  it("says of a product that somebody has worked on since it was made that it was not deleted", () => {
    const met = { ...activityRow, state: "conflict" as const, said: because({ kind: "workedOn" }) };
    expect(entryWhy(met)).toBe("Since the product was made, somebody, perhaps you, has worked on it. Nothing was deleted.");
    // A change of one's own moves the store's date of it, also if it was put back.
    expect(reasonWords(met.said)).toMatch(/categories, pictures or variants, or it was changed and put back since/);
  });

  it("says of what was given up whether it was sent, and whether it may be in the store", () => {
    const dropped = { ...activityRow, state: "dropped" as const, said: { reason: null, words: "" } };
    const why = (row: Partial<typeof activityRow>) => entryWhy({ ...dropped, ...row });
    expect(why({ wasSent: false })).toBe("Given up before it was sent.");
    expect(why({ wasSent: true })).toMatch(/after it was sent/);
    expect(why({ said: because({ kind: "mayBeDone" }) })).toMatch(/may be in the store/);
    expect(why({ said: because({ kind: "onlyPart", fields: [] }) })).toMatch(/a part of it/);
    expect(why({ said: because({ kind: "triedAgain" }) })).toBe("Tried again by a later change.");
  });
});
