import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Event } from "./bindings";
import { tauriBackend } from "./tauri";

const host = vi.hoisted(() => ({
  invoke: vi.fn<(command: string, input: unknown) => Promise<unknown>>(),
  heard: vi.fn<(told: { payload: Event }) => void>(),
  registered: () => {},
}));

vi.mock("@tauri-apps/api/core", () => ({ invoke: host.invoke }));
vi.mock("@tauri-apps/api/event", () => ({
  listen: (_name: string, hear: (told: { payload: Event }) => void) => {
    host.heard.mockImplementation(hear);
    return new Promise<() => void>((resolve) => {
      host.registered = () => resolve(() => {});
    });
  },
}));

const stale: Event = { kind: "stale", store: null, tags: ["app"] };

describe("the desktop host", () => {
  beforeEach(() => {
    host.invoke.mockReset().mockResolvedValue("answer");
    host.heard.mockReset();
  });

  it("is asked nothing before its events are heard", async () => {
    const backend = tauriBackend();
    const answer = backend.send("app_state", {});
    await Promise.resolve();
    expect(host.invoke).not.toHaveBeenCalled();

    host.registered();
    await expect(answer).resolves.toBe("answer");
    // The host keeps back what happens until it is told that somebody hears it.
    expect(host.invoke.mock.calls).toEqual([["hear"], ["call", { command: "app_state", input: {} }]]);
  });

  it("loses no event that is told before the window listens", () => {
    const backend = tauriBackend();
    host.heard({ payload: stale });
    const tell = vi.fn<(event: Event) => void>();
    const stop = backend.listen(tell, () => {});
    expect(tell).toHaveBeenCalledExactlyOnceWith(stale);

    host.heard({ payload: stale });
    expect(tell).toHaveBeenCalledTimes(2);
    stop();
    host.heard({ payload: stale });
    expect(tell).toHaveBeenCalledTimes(2);
  });
});
