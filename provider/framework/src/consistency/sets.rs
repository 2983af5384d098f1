use tfplugin_proto::cty::Value;

/// Why two sets do not correspond, element by element in some order; `None` when they do. A secret element is not
/// shown.
pub(super) fn mismatch(
    a: &[Value],
    b: &[Value],
    secret: bool,
    corresponds: impl Fn(&Value, &Value) -> bool,
) -> Option<String> {
    // Unknown elements may turn out to be equal to others, and so a set may become smaller.
    let shrinks = a.iter().any(|value| !value.is_wholly_known());
    if a.len() != b.len() && !(shrinks && b.len() < a.len()) {
        return Some(format!("the set had {} elements and now has {}", a.len(), b.len()));
    }
    let shown = |value: &Value| crate::show::value(value, secret);
    let without_partner = |value: &&Value| !b.iter().any(|other| corresponds(value, other));
    if let Some(value) = a.iter().find(without_partner) {
        return Some(format!("nothing in the result corresponds to the element {}", shown(value)));
    }
    let unasked = |other: &&Value| !a.iter().any(|value| corresponds(value, other));
    let other = b.iter().find(unasked)?;
    Some(format!("the element {} corresponds to nothing in the plan", shown(other)))
}
