//! What is wrong in a spec, where, and what to do about it.

use std::fmt;

/// One problem of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The value, or the field, that is wrong.
    pub at: SpecPath,
    /// Whether the name of the field is wrong rather than its value.
    pub at_key: bool,
    /// Other places that the problem is about, each with what stands there.
    pub related: Vec<(SpecPath, String)>,
    /// What to do, when that is not plain from the message.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of the value at `at`.
    pub fn new(at: SpecPath, message: impl Into<String>) -> Self {
        Self { message: message.into(), at, at_key: false, related: Vec::new(), hint: None }
    }

    /// The same problem, of the field's name.
    pub fn of_key(self) -> Self {
        Self { at_key: true, ..self }
    }

    /// The same problem with what to do about it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same problem with another place that it is about.
    pub fn related(mut self, at: SpecPath, text: impl Into<String>) -> Self {
        self.related.push((at, text.into()));
        self
    }
}

/// Without a source at hand: message, path and hint on a line each.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}\n  --> {}", self.message, self.at)?;
        for (at, text) in &self.related {
            write!(formatter, "\n  note: {at}: {text}")?;
        }
        self.hint.iter().try_for_each(|hint| write!(formatter, "\n  help: {hint}"))
    }
}

/// The way from the top of a spec to one value, such as `networks[2].azs.a`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpecPath(Vec<Step>);

/// One step of a [`SpecPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the field or key of this name.
    Field(String),
    /// Into the element of this position, from 0.
    Index(usize),
}

impl SpecPath {
    /// The whole spec.
    pub fn root() -> Self {
        Self::default()
    }

    /// The field or key `name` of this value.
    pub fn field(&self, name: &(impl ToString + ?Sized)) -> Self {
        self.step(Step::Field(name.to_string()))
    }

    /// The element `index` of this value, from 0.
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The steps from the top.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The value that holds this one; none for the whole spec.
    pub fn parent(&self) -> Option<Self> {
        let (_, parent) = self.0.split_last()?;
        Some(Self(parent.to_vec()))
    }

    fn step(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }
}

impl fmt::Display for SpecPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str("the spec");
        }
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if position == 0 => formatter.write_str(name)?,
                Step::Field(name) => write!(formatter, ".{name}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}
