import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { PreviewSheet } from "../components/PreviewSheet";
import { type AppError, type Plan, type Store, api, asAppError, useBackendEvent, useWrite } from "../ipc";
import { type Changing, ChangingContext } from "../lib/changing";
import { useGo } from "../lib/go";
import { focusIsLost, keepFocus } from "../lib/keepFocus";
import { ChangeStrip, type Change, type Landed } from "./ChangeStrip";
import { PlanRows } from "./PlanRows";

/** Props of {@link ChangingProvider}. */
export type ChangingProviderProps = {
  /** The store that is open. */
  store: Store;
  /** The frame; it decides where the strip about the last change goes. */
  children: (strip: ReactNode) => ReactNode;
};

type Shown = { plan: Plan; onApplied: ((entries: string[]) => void) | undefined };

/** What a job that waited has come to. */
type Landing = { job: string; done: number; toLookAt: number };

/** What the strip has to tell: the last change, and behind it what has landed meanwhile. */
type Told = { change: Change | null; landed: readonly Landing[] };

/** What has landed, added up. */
function addedUp(landed: readonly Landing[]): Landed | null {
  const [first, ...others] = landed;
  if (!first) return null;
  return {
    kind: "ended",
    job: others.length === 0 ? first.job : null,
    done: landed.reduce((sum, { done }) => sum + done, 0),
    toLookAt: landed.reduce((sum, { toLookAt }) => sum + toLookAt, 0),
  };
}

/** Small enough to go without a question, says the store's safety mode; and nothing about it needs to be read. */
function goesAtOnce(plan: Plan): boolean {
  return !plan.mustConfirm && plan.askTwice.length === 0 && !plan.readOnly && plan.count > 0 && plan.leftOutCount === 0;
}

/** A plan that is not wanted is forgotten; if that fails, it goes when the app quits. */
function forgetPlan({ plan }: Plan): void {
  void api.discardPlan({ plan }).catch(() => undefined);
}

/** Takes every change down the same road: plan, preview, confirm, apply; then says how it goes. */
export function ChangingProvider({ store, children }: ChangingProviderProps) {
  const go = useGo();
  const { mutateAsync: applyPlan, isPending: applying } = useWrite("apply");
  const [planning, setPlanning] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const { mutate: unlock } = useWrite("unlock", {
    onError: (thrown) => {
      // Who stopped it is still offered to unlock it.
      if (thrown.code !== "cancelled") setError(thrown);
    },
  });
  const [told, setTold] = useState<Told>({ change: null, landed: [] });
  const change = useMemo(() => told.change ?? addedUp(told.landed), [told]);
  // What has landed and was in sight is told; what waited behind another strip still waits, but for what this one
  // tells itself: a change may have ended before it was said that it is on its way.
  const tell = useCallback(
    (next: Change) =>
      setTold((now) => {
        const others = now.landed.filter((one) => next.kind !== "applied" || one.job !== next.job);
        return { change: next, landed: now.change ? others : [] };
      }),
    [],
  );
  const forget = useCallback(
    () => setTold((now) => ({ change: null, landed: now.change ? now.landed : [] })),
    [],
  );

  const apply = useCallback(
    async ({ plan, onApplied }: Shown, confirmed: boolean, confirmedTwice: boolean) => {
      const applied = await applyPlan({ plan: plan.plan, digest: plan.digest, confirmed, confirmedTwice });
      setShown(null);
      tell({ kind: "applied", plan, job: applied.job, entries: applied.entries });
      onApplied?.(applied.entries);
    },
    [applyPlan, tell],
  );

  const run = useCallback(
    async (
      make: () => Promise<Plan>,
      onApplied?: Shown["onApplied"],
      takes?: (plan: Plan) => boolean,
      review = false,
    ) => {
      setError(null);
      setPlanning(true);
      try {
        const plan = await make();
        if (takes?.(plan)) {
          forgetPlan(plan);
          return;
        }
        const next = { plan, onApplied };
        if (!review && goesAtOnce(plan)) await apply(next, false, false);
        else setShown(next);
      } catch (thrown) {
        tell({ kind: "failed", error: asAppError(thrown) });
      } finally {
        setPlanning(false);
      }
    },
    [apply, tell],
  );

  const changing = useMemo<Changing>(
    () => ({
      propose: (question, onApplied, takes, review) =>
        void run(() => api.planChange(question), onApplied, takes, review),
      undo: (key, entries, onApplied) => void run(() => api.planUndo({ store: key, entries }), onApplied),
      retry: (key, entries, onApplied) => void run(() => api.planRetry({ store: key, entries }), onApplied),
      undoJob: (key, job) => void run(() => api.planUndoJob({ store: key, job })),
      retryJob: (key, job) => void run(() => api.planRetryJob({ store: key, job })),
      resolve: (question) => void run(() => api.planResolve(question)),
      busy: planning || applying,
      inStrip: change?.kind === "applied" && change.entries.length > 1 ? change.job : null,
    }),
    [run, planning, applying, change],
  );

  // The sheet gives the focus back to what opened it, which may be switched off by then.
  const wasShown = useRef(false);
  useEffect(() => {
    const closed = wasShown.current && shown === null;
    wasShown.current = shown !== null;
    if (!closed) return undefined;
    const timer = setTimeout(() => {
      if (focusIsLost()) keepFocus();
    }, 50);
    return () => clearTimeout(timer);
  }, [shown]);

  // What waited for the store lands long after its strip has gone.
  useBackendEvent("jobEnded", ({ store: key, job, done, toLookAt }) => {
    // Of what was given up, nothing has landed.
    if (key !== store.key || done + toLookAt === 0) return;
    setTold((now) => {
      // Its own strip tells how it ended.
      if (now.change?.kind === "applied" && now.change.job === job) return now;
      const others = now.landed.filter((one) => one.job !== job);
      return { ...now, landed: [...others, { job, done, toLookAt }] };
    });
  });

  const cancel = () => {
    if (!shown) return;
    forgetPlan(shown.plan);
    setShown(null);
    setError(null);
  };

  const confirm = async (confirmedTwice: boolean) => {
    if (!shown) return;
    setError(null);
    try {
      await apply(shown, true, confirmedTwice);
    } catch (thrown) {
      setError(asAppError(thrown));
    }
  };

  return (
    <ChangingContext.Provider value={changing}>
      {children(
        change ? (
          <ChangeStrip
            key={change.kind === "applied" ? change.job : change.kind}
            store={store.key}
            change={change}
            onUndo={(entries) => changing.undo(store.key, entries)}
            onUndoJob={(job) => changing.undoJob(store.key, job)}
            onReplaceToken={() => go.connect(store.key)}
            onShow={(entry, job) => go.activity(store.key, entry ? { open: entry } : job ? { job } : {})}
            onClose={forget}
          />
        ) : null,
      )}
      {shown ? (
        <PreviewSheet
          key={shown.plan.plan}
          plan={shown.plan}
          rows={<PlanRows plan={shown.plan} />}
          busy={applying}
          error={error}
          onApply={(twice) => void confirm(twice)}
          onCancel={cancel}
          onStep={(step) => {
            if (step === "unlock") unlock({ store: store.key });
            else if (step === "giveToken") {
              cancel();
              go.connect(store.key);
            }
          }}
        />
      ) : null}
    </ChangingContext.Provider>
  );
}
