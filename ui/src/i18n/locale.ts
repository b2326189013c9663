const known = new Map<string, string>();

/**
 * The locale numbers and dates are written in: the system's region, in the language the words are in.
 * Someone in Germany with English words reads "16 Nov 2026" and "1.234,50 €".
 */
export function formatLocale(system: string = navigator.language): string {
  // Asked for with every figure that is shown.
  let locale = known.get(system);
  if (locale === undefined) {
    locale = chosenFor(system);
    known.set(system, locale);
  }
  return locale;
}

function chosenFor(system: string): string {
  try {
    const locale = new Intl.Locale(system);
    if (locale.language === "en") return locale.toString();
    const region = locale.maximize().region;
    return region ? `en-${region}` : "en-US";
  } catch {
    return "en-US";
  }
}
