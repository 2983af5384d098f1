//! Configurations to measure with.

/// `count` things of some size each, as one resource. Their names go from `thing-0` on.
pub fn many_things(count: usize) -> String {
    format!(
        r#"resource "toy_thing" "many" {{
  count  = {count}
  name   = "thing-${{count.index}}"
  size   = 7
  labels = {{ number = count.index, kind = "measured" }}
  owner  = {{ mail = "someone@example.com" }}
  parts  = {{ for part in ["a", "b", "c"] : part => {{ text = "part ${{part}} of ${{count.index}}" }} }}
  steps  = [{{ run = "first" }}, {{ run = "second", attempts = 2 }}]
  rules  = [{{ port = 80 }}, {{ port = 443, action = "deny" }}]
}}
"#
    )
}

/// What every configuration begins with: which provider `toy` is.
pub const REQUIRED_PROVIDERS: &str = r#"terraform {
  required_providers {
    toy = { source = "landform/toy" }
  }
}
"#;
