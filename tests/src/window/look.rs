//! Where things are looked for, and by what: role and accessible name.

use super::{Thing, Window};

/// One step on the way to a thing: its role, and its name or a part of it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) role: &'static str,
    pub(super) name: Option<String>,
    pub(super) part: bool,
}

/// Where things are looked for: the whole window, or one thing in it.
pub trait Look<'a> {
    /// The thing that has this role and exactly this accessible name.
    fn thing(&'a self, role: &'static str, name: &str) -> Thing<'a>;

    /// The thing that has this role and this as a part of its accessible name.
    fn thing_about(&'a self, role: &'static str, part: &str) -> Thing<'a>;

    /// The only thing of this role, whatever its name.
    fn only(&'a self, role: &'static str) -> Thing<'a>;

    /// A button.
    fn button(&'a self, name: &str) -> Thing<'a> {
        self.thing("button", name)
    }

    /// A link.
    fn link(&'a self, name: &str) -> Thing<'a> {
        self.thing("link", name)
    }

    /// Something to type into.
    fn field(&'a self, label: &str) -> Thing<'a> {
        self.thing("textbox", label)
    }

    /// An entry of an open menu.
    fn choice(&'a self, name: &str) -> Thing<'a> {
        self.thing("menuitem", name)
    }

    /// A box to tick.
    fn tick_box(&'a self, name: &str) -> Thing<'a> {
        self.thing("checkbox", name)
    }

    /// A heading.
    fn heading(&'a self, name: &str) -> Thing<'a> {
        self.thing("heading", name)
    }

    /// A sheet that came over the window.
    fn sheet(&'a self, title: &str) -> Thing<'a> {
        self.thing("dialog", title)
    }

    /// What is shown beside a list.
    fn panel(&'a self, label: &str) -> Thing<'a> {
        self.thing("complementary", label)
    }

    /// A list of rows and columns.
    fn grid(&'a self, label: &str) -> Thing<'a> {
        self.thing("grid", label)
    }

    /// The row in which this is written.
    fn row(&'a self, text: &str) -> Thing<'a> {
        self.thing_about("row", text)
    }
}

impl<'a> Look<'a> for Window<'_> {
    fn thing(&'a self, role: &'static str, name: &str) -> Thing<'a> {
        self.root().step(role, Some(name), false)
    }

    fn thing_about(&'a self, role: &'static str, part: &str) -> Thing<'a> {
        self.root().step(role, Some(part), true)
    }

    fn only(&'a self, role: &'static str) -> Thing<'a> {
        self.root().step(role, None, false)
    }
}

impl<'a> Look<'a> for Thing<'a> {
    fn thing(&'a self, role: &'static str, name: &str) -> Thing<'a> {
        self.step(role, Some(name), false)
    }

    fn thing_about(&'a self, role: &'static str, part: &str) -> Thing<'a> {
        self.step(role, Some(part), true)
    }

    fn only(&'a self, role: &'static str) -> Thing<'a> {
        self.step(role, None, false)
    }
}

impl<'a> Window<'a> {
    fn root(&'a self) -> Thing<'a> {
        Thing {
            window: self,
            path: Vec::new(),
        }
    }
}

impl Thing<'_> {
    fn step(&self, role: &'static str, name: Option<&str>, part: bool) -> Self {
        let mut path = self.path.clone();
        let name = name.map(str::to_owned);
        path.push(Step { role, name, part });
        Self {
            window: self.window,
            path,
        }
    }
}
