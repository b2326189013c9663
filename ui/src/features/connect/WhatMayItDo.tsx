import { ExternalLink } from "lucide-react";
import { useId } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { CopyWords } from "../../components/CopyWords";
import { Keys } from "../../components/Keys";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type PresetDto, type PresetName, useRead } from "../../ipc";
import { classes } from "../../lib/classes";
import { levelWord } from "../../lib/levels";
import { scopeWord } from "../../lib/scopes";
import { ownerMessage } from "./owner";
import { type PanelLayout, ScopesPicture } from "./ScopesPicture";
import { scopeWords, usePresetScopes } from "./scopes";
import { useAccounts } from "./useAccounts";
import { StepPage } from "./WizardFrame";
import css from "./WhatMayItDo.module.css";

/** Props of {@link WhatMayItDo}. */
export type WhatMayItDoProps = {
  /** What is chosen. */
  preset: PresetName;
  /** Told when something else is chosen. */
  onPreset: (preset: PresetName) => void;
  /** Tokens for the storefront are to be made, too. */
  storefront: boolean;
  /** Told when that is changed; `null` where the store has such tokens already. */
  onStorefront: ((on: boolean) => void) | null;
  /** The store hash, or nothing if it is not known yet. */
  hash: string;
  /** Which of its two looks the control panel has. */
  layout: PanelLayout;
  /** Told when the other one is chosen. */
  onLayout: (layout: PanelLayout) => void;
  /** The store whose accounts BigCommerce is to show, by its hash; `null` if that is not known. */
  named: string | null;
  /** The store whose token is being replaced, for BigCommerce's page. */
  store: string | null;
  /** Goes back. */
  onBack: () => void;
  /** Goes on. */
  onContinue: () => void;
};

/** Second step: what Stockroom is for, and the scopes to tick for that. */
export function WhatMayItDo(props: WhatMayItDoProps) {
  const { preset, onPreset, storefront, onStorefront, hash, layout, onLayout, named, store, onBack, onContinue } = props;
  const storefrontMore = useId();
  const presets = useRead("presets", undefined);
  const accounts = useAccounts(named, store);
  const scopes = usePresetScopes(preset, storefront);

  return (
    <StepPage
      title={t("wizard.step.scopes")}
      what={t("may.what")}
      focusHeading
      onContinue={onContinue}
      aside={<span className={css["later"]}>{t("may.later")}</span>}
      footer={
        <>
          <Button look="quiet" size="tall" onPress={onBack}>
            {t("wizard.back")}
          </Button>
          <Button look="filled" size="tall" type="submit" shortcut={<Keys keys={[t("key.enter")]} />}>
            {t("may.do")}
          </Button>
        </>
      }
    >
      {presets.error ? <Trouble error={presets.error} /> : null}
      <PresetPicker presets={presets.data?.presets ?? []} value={preset} onChange={onPreset} />
      <div className={css["storefront"]}>
        <Checkbox
          isSelected={storefront}
          isDisabled={onStorefront === null}
          onChange={(on) => onStorefront?.(on)}
          aria-describedby={storefrontMore}
        >
          {t("may.storefront")}
        </Checkbox>
        <p id={storefrontMore}>{t(onStorefront === null ? "may.storefront.has" : "may.storefront.more")}</p>
      </div>
      <div className={css["columns"]}>
        <div>
          <table className={css["table"]}>
            <thead>
              <tr>
                <th scope="col" className={css["number"]}>
                  <span className={css["said"]}>{t("may.number")}</span>
                </th>
                <th scope="col">{t("hand.scope")}</th>
                <th scope="col">{t("hand.level")}</th>
                <th scope="col">{t("hand.why")}</th>
              </tr>
            </thead>
            <tbody>
              {scopes.map(({ scope, level, unlocks }, at) => {
                const words = scopeWords(unlocks);
                return (
                  <tr key={scope}>
                    <td className={css["number"]}>
                      <span className={css["dot"]}>{at + 1}</span>
                    </td>
                    <td className={css["scope"]}>{scopeWord(scope)}</td>
                    <td className={css[level === "readOnly" ? "readOnly" : "modify"]}>{levelWord(level)}</td>
                    <td>
                      {words?.what} <span className={css["why"]}>{words?.why}</span>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <div className={css["actions"]}>
            <Button
              size="tall"
              icon={<ExternalLink aria-hidden />}
              onPress={accounts.open}
            >
              {t("token.open")}
            </Button>
            <CopyWords size="tall" text={ownerMessage(scopes, hash || null, layout)}>
              {t("hand.message")}
            </CopyWords>
          </div>
          <p className={css["path"]}>{t(layout === "new" ? "hand.path" : "hand.path.old")}</p>
          {accounts.error ? (
            <div className={css["notice"]}>
              <Trouble error={accounts.error} />
            </div>
          ) : null}
          <ul className={css["facts"]}>
            <li>{t("may.who")}</li>
            <li>{t("may.name")}</li>
            <li>{t("may.noStore")}</li>
          </ul>
        </div>
        <div>
          <LayoutPicker value={layout} onChange={onLayout} />
          <ScopesPicture scopes={scopes} offered={presets.data?.offered ?? []} hash={hash} layout={layout} />
        </div>
      </div>
    </StepPage>
  );
}

function LayoutPicker({ value, onChange }: { value: PanelLayout; onChange: (layout: PanelLayout) => void }) {
  return (
    <RadioGroup
      value={value}
      orientation="horizontal"
      onChange={(chosen) => onChange(chosen as PanelLayout)}
      className={css["layouts"]!}
    >
      <Label className={css["layoutLabel"]!}>{t("may.layout")}</Label>
      {(["new", "old"] as const).map((layout) => (
        <Radio key={layout} value={layout} className={css["layout"]!}>
          {t(`may.layout.${layout}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}

type PresetPickerProps = { presets: readonly PresetDto[]; value: PresetName; onChange: (preset: PresetName) => void };

function PresetPicker({ presets, value, onChange }: PresetPickerProps) {
  return (
    <RadioGroup
      value={value}
      orientation="horizontal"
      onChange={(chosen) => onChange(chosen as PresetName)}
      className={css["presets"]!}
    >
      <Label className={css["said"]!}>{t("wizard.step.scopes")}</Label>
      {presets.map(({ preset, scopes }) => (
        <Radio key={preset} value={preset} className={css["preset"]!}>
          {({ isSelected }) => (
            <>
              <span className={classes(css["mark"], isSelected && css["on"])} aria-hidden />
              <span className={css["words"]}>
                <span className={css["head"]}>
                  <span className={css["name"]}>{t(`preset.${preset}`)}</span>{" "}
                  <span className={css["count"]}>{t("may.scopes", { n: scopes.length })}</span>
                </span>{" "}
                <span className={css["what"]}>{t(`preset.${preset}.what`)}</span>
              </span>
            </>
          )}
        </Radio>
      ))}
    </RadioGroup>
  );
}
