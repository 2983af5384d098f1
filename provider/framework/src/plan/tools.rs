//! What a resource's `plan` does again and again. An attribute is named by a function that finds it in a model:
//! `plan.fill(|vpc| &mut vpc.region, region)`.

use super::Plan;
use crate::Value;

impl<C, M: Clone> Plan<'_, C, M> {
    /// Whether the object will be created.
    pub fn is_create(&self) -> bool {
        self.prior.is_none()
    }

    /// Whether the provider has to say what the value is: the configuration leaves it out, and the plan has none yet.
    pub fn is_open<T>(&self, attribute: impl Fn(&mut M) -> &mut Value<T>) -> bool {
        self.is_left_out(&attribute) && attribute(&mut self.planned.clone()).is_unknown()
    }

    /// Whether the value differs from that in the prior state. When the object will be created, everything does.
    pub fn changes<T: PartialEq>(&self, attribute: impl Fn(&M) -> &T) -> bool {
        self.prior.is_none_or(|prior| attribute(prior) != attribute(&self.planned))
    }

    /// Plans `value` where the configuration leaves the attribute out and the plan has no value for it yet.
    pub fn fill<T>(&mut self, attribute: impl Fn(&mut M) -> &mut Value<T>, value: impl Into<Value<T>>) {
        if self.is_left_out(&attribute) {
            attribute(&mut self.planned).settle(value);
        }
    }

    /// Plans `value` where the configuration leaves the attribute out, whatever the plan has: for what is
    /// [computed from](Value::computed_from) other attributes of the plan.
    pub fn compute<T>(&mut self, attribute: impl Fn(&mut M) -> &mut Value<T>, value: impl Into<Value<T>>) {
        if self.is_left_out(&attribute) {
            *attribute(&mut self.planned) = value.into();
        }
    }

    /// Keeps the prior value, if there is one, where the configuration leaves the attribute out and the plan has no
    /// value for it: as `sticky` does, but only when the resource says so.
    pub fn keep<T>(&mut self, attribute: impl Fn(&mut M) -> &mut Value<T>) {
        let prior = self.prior.map(|prior| std::mem::take(attribute(&mut prior.clone())));
        match prior {
            Some(prior) if !prior.is_null() => self.fill(attribute, prior),
            _ => {}
        }
    }

    /// Holds a number within bounds where the configuration leaves it out, as [`Value::clamp`] does. With a `sticky`
    /// attribute the number is free within them: what somebody else changes is kept.
    pub fn clamp<T: Clone + PartialOrd>(
        &mut self,
        attribute: impl Fn(&mut M) -> &mut Value<T>,
        min: &Value<T>,
        max: &Value<T>,
    ) {
        if self.is_left_out(&attribute) {
            let place = attribute(&mut self.planned);
            *place = std::mem::take(place).clamp(min, max);
        }
    }

    fn is_left_out<T>(&self, attribute: impl Fn(&mut M) -> &mut Value<T>) -> bool {
        attribute(&mut self.config.clone()).is_null()
    }
}
