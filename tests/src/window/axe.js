// Has axe look at the page, and gives a line for each finding.
const [only, done] = arguments;
// React Aria's own messages to screen readers outlive the button that they speak of for some seconds.
const what = { exclude: [["[data-live-announcer]"]] };
// What is still fading in has other colors in a moment.
const passing = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
// React Aria puts an unseen button for screen readers before and behind what it opens, outside of every landmark.
const rules = { region: { enabled: false } };
const how = only.length > 0 ? { runOnly: only } : { rules };
const look = () => window.axe.run(what, { resultTypes: ["violations"], ...how });
Promise.allSettled(passing.map(({ finished }) => finished)).then(look).then(
  ({ violations }) =>
    done(
      violations.flatMap(({ id, impact, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${html.slice(0, 200)}: ${failureSummary}`),
      ),
    ),
  (error) => done(String(error)),
);
