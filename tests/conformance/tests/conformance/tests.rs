//! `terraform test`: with the provider, and with a mock of it.

const MODULE: &str = r#"
variable "name" { default = "tested" }
resource "toy_thing" "a" {
  name  = var.name
  parts = { x = { text = "1" } }
}
output "id" { value = toy_thing.a.id }
"#;

scenarios! {
    fn with_the_provider(stage) {
        stage.configure(MODULE);
        stage.write("real.tftest.hcl", r#"
run "made" {
  assert {
    condition     = startswith(output.id, "thing-") && toy_thing.a.parts["x"].weight == 1
    error_message = "the id is ${output.id}"
  }
}
run "refused" {
  command = plan
  variables { name = "" }
  expect_failures = [toy_thing.a]
}
"#);
        let output = stage.run(&["test"]);
        let said = crate::stage::words(&output.text());
        // An error of the provider is no failed condition, so the second run fails as it should.
        assert!(said.contains("run \"made\"... pass"), "{}", output.text());
        assert!(said.contains("Invalid value for \"name\""), "{}", output.text());
        let changes = stage.changes();
        assert_eq!(changes, ["create thing tested", "write part tested/x", "delete thing tested"]);
    }

    /// The schema alone is enough for a mock: the provider is never configured.
    fn with_a_mock(stage) {
        stage.configure(MODULE);
        stage.write("mock.tftest.hcl", r#"
mock_provider "toy" {
  mock_resource "toy_thing" {
    defaults = { id = "thing-of-the-mock" }
  }
}
run "mocked" {
  assert {
    condition     = output.id == "thing-of-the-mock" && toy_thing.a.status != null
    error_message = "the id is ${output.id}"
  }
}
"#);
        let said = stage.succeeds(&["test"]);
        assert!(said.contains("1 passed, 0 failed"), "{said}");
        assert_eq!(stage.world().calls().unwrap(), []);
    }
}
