import { t } from "../../i18n";
import type { OfferedScope, PresetScope, ScopeLevel, ScopeName } from "../../ipc";
import { classes } from "../../lib/classes";
import { scopeWord } from "../../lib/scopes";
import css from "./ScopesPicture.module.css";

/** Props of {@link ScopesPicture}. */
export type ScopesPictureProps = {
  /** The scopes to tick. */
  scopes: readonly PresetScope[];
  /** Every scope that the control panel offers. */
  offered: readonly OfferedScope[];
  /** The store hash, for the address; empty if it is not known. */
  hash: string;
  /** Which of its two looks the control panel has. */
  layout: PanelLayout;
};

/** The control panel has been rearranged: stores with the older one find API accounts elsewhere. */
export type PanelLayout = "new" | "old";

/** Scopes that stand between those to tick, so that the picture looks like the page. */
const neighbors: ReadonlySet<ScopeName> = new Set([
  "content",
  "customersLogin",
  "marketing",
  "orderTransactions",
  "themes",
  "carts",
]);

// The drawing's own units are those of the window as long as there is room for all of its width.
const width = 424;
const edge = 16;
const bar = 30;
/** From one line of the page to the next. */
const line = 24;
const foot = 34;
/** Where the middle of each column is. */
const columns = { none: 236, readOnly: 294, modify: 356, number: 399 } as const;

/**
 * The control panel's page on which an API account is created, drawn, with the very boxes to tick marked. The same is
 * said in words, and stands in the table beside it under the same numbers.
 */
export function ScopesPicture({ scopes, offered, hash, layout }: ScopesPictureProps) {
  const shown = offered.filter(({ scope }) => neighbors.has(scope) || scopes.some((one) => one.scope === scope));
  const said = scopes
    .map(({ scope, level }) => t("may.picture.tick", { label: scopeWord(scope), level: t(`may.${level}`) }))
    .join(", ");
  const fields = bar + 46;
  const heads = fields + (layout === "new" ? 2 : 1) * line + 6;
  const rows = heads + line;
  const end = rows + shown.length * line + 18;
  const height = end + foot;
  return (
    <svg
      role="img"
      aria-label={t("may.picture", { ticks: said })}
      viewBox={`0 0 ${width} ${height}`}
      className={css["picture"]}
      data-layout={layout}
    >
      <g aria-hidden>
        <rect width={width} height={height} rx="8" className={css["page"]} />
        <path d={`M0 ${bar}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${bar}z`} className={css["bar"]} />
        <path d={`M0 ${bar}H${width}`} className={css["rule"]} />
        {[16, 30, 44].map((x) => (
          <circle key={x} cx={x} cy={bar / 2} r="4" className={css["light"]} />
        ))}
        <rect x="64" y="5" width={width - 80} height="20" rx="10" className={css["address"]} />
        <path d="M76 15v-2a3 3 0 0 1 6 0v2" className={css["outline"]} />
        <rect x="74.5" y="15" width="9" height="6" rx="1" className={css["lock"]} />
        <svg x="90" y="5" width={width - 116} height="20">
          <text y="10.5">{t("picture.address.page", { hash: hash || "…" })}</text>
        </svg>

        <text x={edge} y={bar + 14} className={css["quiet"]}>
          {t(`may.page.crumbs.${layout}`)}
        </text>
        <text x={edge} y={bar + 33} className={css["title"]}>
          {t("may.page")}
        </text>
        {layout === "new" ? (
          <Field y={fields} name={t("may.page.type")} value={t("may.page.type.value")} isList />
        ) : null}
        <Field y={heads - line - 6} name={t("may.page.name")} value={t("may.page.name.value")} />

        <text x={edge} y={heads + line / 2}>
          {t("may.page.scopes")}
        </text>
        {(["none", "readOnly", "modify"] as const).map((level) => (
          <text key={level} x={columns[level]} y={heads + line / 2} className={css["middle"]}>
            {t(`may.${level}`)}
          </text>
        ))}
        <path d={`M${edge} ${rows}H${width - edge}`} className={css["rule"]} />
        {shown.map((one, at) => {
          const number = scopes.findIndex(({ scope }) => scope === one.scope);
          return (
            <Row key={one.scope} offered={one} wanted={scopes[number]?.level ?? null} number={number + 1} y={rows + at * line} />
          );
        })}
        <text x={edge} y={end - 9} className={css["quiet"]}>
          …
        </text>

        <path d={`M0 ${end}H${width}`} className={css["rule"]} />
        <text x={width - 92} y={end + foot / 2} className={css["end"]}>
          {t("may.page.cancel")}
        </text>
        <rect x={width - 80} y={end + 6} width="64" height={foot - 12} rx="4" className={css["save"]} />
        <text x={width - 48} y={end + foot / 2} className={classes(css["middle"], css["ink"])}>
          {t("may.page.save")}
        </text>
      </g>
      <rect x=".5" y=".5" width={width - 1} height={height - 1} rx="7.5" className={css["edge"]} />
    </svg>
  );
}

function Field({ y, name, value, isList = false }: { y: number; name: string; value: string; isList?: boolean }) {
  return (
    <>
      <text x={edge} y={y + line / 2}>
        {name}
      </text>
      <rect x="112.5" y={y + 1.5} width="179" height={line - 3} rx="4" className={css["box"]} />
      <text x="121" y={y + line / 2} className={css["ink"]}>
        {value}
      </text>
      {isList ? <path d={`M275 ${y + 10}l4 4 4-4`} className={css["outline"]} /> : null}
    </>
  );
}

type RowProps = {
  offered: OfferedScope;
  /** The level to tick; `null` if it stays at none. */
  wanted: ScopeLevel | null;
  /** Its number in the table. */
  number: number;
  y: number;
};

/** A scope with its choices: those that there are, the one to tick marked. */
function Row({ offered: { scope, readOnly, modify }, wanted, number, y }: RowProps) {
  const middle = y + line / 2;
  return (
    <g data-scope={scope} data-ticked={wanted ?? "none"}>
      <text x={edge} y={middle} className={wanted ? css["ink"] : undefined}>
        {scopeWord(scope)}
      </text>
      <Choice x={columns.none} y={middle} on={wanted === null} />
      {readOnly ? <Choice x={columns.readOnly} y={middle} on={wanted === "readOnly"} marked /> : null}
      {modify === "manage" ? (
        // It has a name of its own there, and nothing to read beside it.
        <text x={columns.modify - 18} y={middle} className={classes(css["end"], wanted && css["ink"])}>
          {t("may.manage")}
        </text>
      ) : null}
      {modify ? <Choice x={columns.modify} y={middle} on={wanted === modify} marked /> : null}
      {wanted ? (
        <>
          <circle cx={columns.number} cy={middle} r="9" className={css["dot"]} />
          <text x={columns.number} y={middle} className={classes(css["middle"], css["number"])}>
            {number}
          </text>
        </>
      ) : null}
    </g>
  );
}

/** A round box, with a frame around it where it is to be ticked. */
function Choice({ x, y, on, marked = false }: { x: number; y: number; on: boolean; marked?: boolean }) {
  const isMarked = on && marked;
  return (
    <>
      {isMarked ? <rect x={x - 10} y={y - 10} width="20" height="20" rx="5" className={css["marked"]} data-marked /> : null}
      <circle cx={x} cy={y} r={on ? 4 : 5} className={classes(css["circle"], on && css["on"], isMarked && css["chosen"])} />
    </>
  );
}
