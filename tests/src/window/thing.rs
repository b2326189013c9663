//! A thing in the window: whether it is there, what it says, and what a person does with it.

use std::fmt;

use serde_json::{Value, json};

use super::{
    Window, comes_true,
    driver::{Driver, Element, Refused},
    look::Step,
    plain,
};

const FIND: &str = include_str!("find.js");

/// A button, a field, a row: found anew whenever something is done with it.
#[derive(Clone)]
pub struct Thing<'a> {
    pub(super) window: &'a Window<'a>,
    pub(super) path: Vec<Step>,
}

impl fmt::Display for Thing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Step { role, name, part }) in self.path.iter().rev().enumerate() {
            let (inside, about) = (
                if at > 0 { " in " } else { "" },
                if *part { "about " } else { "" },
            );
            match name {
                Some(name) => write!(f, "{inside}{role} {about}“{name}”")?,
                None => write!(f, "{inside}{role}")?,
            }
        }
        Ok(())
    }
}

impl Thing<'_> {
    fn now(&self, usable: bool) -> Vec<Element> {
        let path: Vec<Value> = self
            .path
            .iter()
            .map(|Step { role, name, part }| json!({ "role": role, "name": name, "part": part }))
            .collect();
        let arguments = [json!(path), json!(usable)];
        match self.window.driver.elements(FIND, &arguments) {
            Ok(found) => found,
            // Taken away while it was being handed over.
            Err(refused) if refused.is_stale() => Vec::new(),
            Err(refused) => panic!("{self} can't be looked for: {refused}"),
        }
    }

    /// How many of it can be seen right now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.now(false).len()
    }

    /// Whether it can be seen right now.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.count() > 0
    }

    /// Waits until it can be seen.
    pub fn appears(&self) {
        self.window
            .waits(&format!("there is {self}"), || self.is_there());
    }

    /// Waits until it can't be seen any more.
    pub fn goes(&self) {
        self.window
            .waits(&format!("there is no {self}"), || !self.is_there());
    }

    /// Waits until this is written in it.
    pub fn sees(&self, words: &str) {
        self.window
            .waits(&format!("“{words}” is written in {self}"), || {
                self.text().contains(words)
            });
    }

    /// What is written in it right now, with single spaces; nothing if it is not there.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.ask("return arguments[0].innerText");
        plain(text.as_str().unwrap_or_default())
    }

    /// What is written in each of its kind right now.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let found = self.now(false);
        let found: Vec<Value> = found.iter().map(Element::argument).collect();
        let script = "return [...arguments].map((one) => one.innerText)";
        // One may be drawn anew in between, and is gone then.
        let texts = self.window.driver.run(script, &found);
        let texts = texts.unwrap_or_default();
        let texts = texts.as_array().into_iter().flatten();
        texts.filter_map(Value::as_str).map(plain).collect()
    }

    /// What was typed into it.
    #[must_use]
    pub fn value(&self) -> String {
        let value = self.ask("return arguments[0].value");
        value.as_str().unwrap_or_default().to_owned()
    }

    /// One of its attributes.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.ask(&format!(
            "return arguments[0].getAttribute({})",
            json!(name)
        ));
        value.as_str().map(str::to_owned)
    }

    fn ask(&self, script: &str) -> Value {
        let Some(element) = self.now(false).into_iter().next() else {
            return Value::Null;
        };
        // It may be drawn anew in between, and is gone then.
        let asked = self.window.driver.run(script, &[element.argument()]);
        asked.unwrap_or(Value::Null)
    }

    /// Role and name from WebKit's own accessibility tree, which is what a screen reader hears.
    #[must_use]
    pub fn heard(&self) -> (String, String) {
        let found = self.now(false);
        let named = found
            .first()
            .map(|element| self.window.driver.role_and_name(element));
        named.and_then(Result::ok).unwrap_or_default()
    }

    /// Clicks it, once it is there, can be used, and is the only one of its kind.
    pub fn click(&self) {
        self.act("clicked", |driver, element| driver.click(element));
    }

    /// Moves the pointer over it, and presses nothing.
    pub fn point(&self) {
        self.ask("arguments[0].scrollIntoView({ block: 'nearest' })");
        self.act("pointed at", |driver, element| driver.point(element));
    }

    /// Types into it, behind what is there.
    pub fn type_(&self, text: &str) {
        self.act("typed into", |driver, element| {
            driver.type_into(element, text)
        });
    }

    /// Empties it as a person does: all of it selected, and deleted.
    pub fn clear(&self) {
        self.click();
        self.window.press("Control+a");
        self.window.press("Delete");
    }

    fn act(&self, what: &str, mut act: impl FnMut(&Driver, &Element) -> Result<(), Refused>) {
        let mut why = String::new();
        let done = comes_true(|| {
            let found = self.now(true);
            let [element] = found.as_slice() else {
                why = format!("there are {} to choose from", found.len());
                return false;
            };
            // Drawn anew, moved or covered just now: a person would try again as well.
            match act(&self.window.driver, element) {
                Ok(()) => true,
                // Gone by what was done to it: a sheet closes while its button is still pressed.
                Err(refused) if refused.is_stale() && self.now(false).is_empty() => true,
                Err(refused) => {
                    why = refused.to_string();
                    false
                }
            }
        });
        if !done {
            self.window.fail(&format!("{self} can't be {what}: {why}"));
        }
    }
}
