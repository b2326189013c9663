import { SquareTerminal } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Words, t } from "../../i18n";
import { type AppError, type Attempt, api, asAppError, useEnvironmentOffer } from "../../ipc";
import css from "./EnvironmentOffer.module.css";

/** The store and token that this computer's environment names, and the way to take them. */
export type Environment = {
  /** What is offered; `null` if nothing is, or if it is what is in use already. */
  offer: { hash: string; last4: string } | null;
  /** It is being taken over. */
  taking: boolean;
  /** Why it could not be. */
  error: AppError | null;
  /** Takes it over: never done unasked. */
  take: () => Promise<void>;
};

/** What the environment offers, taken only when asked. */
export function useEnvironment(onTaken: (attempt: Attempt) => void): Environment {
  const offer = useEnvironmentOffer();
  const [taking, setTaking] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const take = useCallback(async () => {
    setError(null);
    setTaking(true);
    try {
      onTaken(await api.connectEnvironment());
    } catch (thrown) {
      setError(asAppError(thrown));
    }
    setTaking(false);
  }, [onTaken]);
  return { offer, taking, error, take };
}

/** Props of {@link EnvironmentOffer}. */
export type EnvironmentOfferProps = {
  /** What is offered. */
  environment: Environment;
  /** Something else is going on. */
  isDisabled?: boolean;
  /** The key that does the same. */
  shortcut?: ReactNode;
};

/** Offers the store that the environment names, as long as it names one. */
export function EnvironmentOffer({ environment, isDisabled = false, shortcut = null }: EnvironmentOfferProps) {
  const { offer, taking, take } = environment;
  if (!offer) return null;
  return (
    <section className={css["environment"]} aria-label={t("welcome.environment.label")}>
      <SquareTerminal aria-hidden />
      <p>
        <Words
          id="welcome.environment"
          values={{ hash: offer.hash, last4: offer.last4 || "none" }}
          components={{ 0: <span className={css["code"]} /> }}
        />
      </p>
      <Button
        isPending={taking}
        icon={taking ? <BusySign /> : null}
        isDisabled={isDisabled}
        shortcut={shortcut}
        onPress={() => void take()}
      >
        {t(taking ? "welcome.environment.doing" : "welcome.environment.do")}
      </Button>
    </section>
  );
}
