use std::fmt;

/// Where in a configuration or state a value is: `subnets["private"].cidrs[0]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into an attribute of an object.
    Attribute(String),
    /// Into an element of a map.
    Key(String),
    /// Into an element of a list, counted from 0.
    Index(usize),
    /// Into an element of a set. The protocol cannot express which one, so Terraform is shown the set as a whole.
    Element,
}

impl Path {
    /// The whole object.
    pub fn root() -> Path {
        Path::default()
    }

    /// The attribute `name` of the object at this path.
    pub fn attribute(&self, name: impl Into<String>) -> Path {
        self.then(Step::Attribute(name.into()))
    }

    /// The element `key` of the map at this path.
    pub fn key(&self, key: impl Into<String>) -> Path {
        self.then(Step::Key(key.into()))
    }

    /// The element at `position`, from 0, of the list at this path.
    pub fn index(&self, position: usize) -> Path {
        self.then(Step::Index(position))
    }

    /// Some element of the set at this path.
    pub fn element(&self) -> Path {
        self.then(Step::Element)
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The names of the attributes on the way, without keys and positions: `subnets.cidrs`. This is how an attribute
    /// is named in `allow_replace`.
    pub fn attribute_name(&self) -> String {
        let names: Vec<&str> = self
            .0
            .iter()
            .filter_map(|step| match step {
                Step::Attribute(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        names.join(".")
    }

    fn then(&self, step: Step) -> Path {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Path(steps)
    }
}

/// As one writes it in the Terraform language.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => f.write_str(name)?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Element => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_as_in_the_terraform_language() {
        let path = Path::root().attribute("subnets").key("private").attribute("cidrs").index(0);
        assert_eq!(path.to_string(), r#"subnets["private"].cidrs[0]"#);
        assert_eq!(path.attribute_name(), "subnets.cidrs");
        assert_eq!(Path::root().attribute("rules").element().to_string(), "rules[*]");
    }
}
