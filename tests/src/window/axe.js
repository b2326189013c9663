// Has axe look at the page, and gives a line for each serious or critical finding.
const done = arguments[arguments.length - 1];
const hard = new Set(["serious", "critical"]);
// React Aria's own messages to screen readers outlive the button that they speak of for some seconds.
const what = { exclude: [["[data-live-announcer]"]] };
// What is still fading in has other colors in a moment.
const passing = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
const look = () => window.axe.run(what, { resultTypes: ["violations"] });
Promise.allSettled(passing.map(({ finished }) => finished)).then(look).then(
  ({ violations }) =>
    done(
      violations
        .filter(({ impact }) => hard.has(impact))
        .flatMap(({ id, impact, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${html.slice(0, 200)}: ${failureSummary}`),
        ),
    ),
  (error) => done(String(error)),
);
