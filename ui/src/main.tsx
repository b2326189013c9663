import { reached } from "./lib/stages";
import "./app/base.css";
import "./app/tokens.css";
import "./app/contrast.css";
import "./app/fonts.css";
import { type ReactNode, StrictMode, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { makeRouter } from "./app/router";
import { keepFirst, makeClient, takeFirst, tellDrawn } from "./ipc";
import { takeKey } from "./ipc/bridge";

/** Says when all that is in it has been put on the page. */
function Drawn({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    reached("put");
    tellDrawn();
  }, []);
  return children;
}

/** Draws the window, with what the host has answered ahead: its first frame is the whole one. */
async function draw(root: HTMLElement): Promise<void> {
  reached("run");
  const client = makeClient();
  const router = makeRouter();
  await takeFirst(client);
  reached("answered");
  await router.load();
  if (window.stockroomFirst) keepFirst(client);
  createRoot(root).render(
    <StrictMode>
      <Drawn>
        <App client={client} router={router} />
      </Drawn>
    </StrictMode>,
  );
}

// Before the router reads the address: the bridge's secret does not belong in it.
takeKey();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
// Not awaited: code that is loaded later shares this file, and would wait for it in turn.
void draw(root);
