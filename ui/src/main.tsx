import "./app/base.css";
import "./app/tokens.css";
import "./app/contrast.css";
import "./app/fonts.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { makeRouter } from "./app/router";
import { keepFirst, makeClient, takeFirst } from "./ipc";
import { takeKey } from "./ipc/bridge";

// Before the router reads the address: the bridge's secret does not belong in it.
takeKey();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const client = makeClient();
const router = makeRouter();
// With these the first frame is the whole one.
await takeFirst(client);
await router.load();
if (window.stockroomFirst) keepFirst(client);
createRoot(root).render(
  <StrictMode>
    <App client={client} router={router} />
  </StrictMode>,
);
