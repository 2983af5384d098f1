//! Units that cannot be: each problem at its place, with what to do.

use landform_generator::check::check;
use landform_generator::check::ledger::Ledger;
use landform_generator::spec::ModuleFiles;

use super::{SPEC, VARIABLES, files, module_files, source};

fn problems_with(text: &str, modules: ModuleFiles) -> Vec<String> {
    let source = source(text);
    let found = match source.estate() {
        Err(problems) => problems,
        Ok(mut estate) => {
            estate.module_files = modules;
            check(&estate, &Ledger::default()).err().unwrap_or_default()
        }
    };
    found.iter().map(|problem| source.report(problem)).collect()
}

/// `SPEC` with its first `good` replaced; the one problem has all of `parts`.
#[track_caller]
fn one_problem(good: &str, bad: &str, parts: &[&str]) {
    assert!(SPEC.contains(good), "`{good}` is not in the spec");
    let found = problems_with(&SPEC.replacen(good, bad, 1), module_files());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    for part in parts {
        assert!(found[0].contains(part), "`{part}` is not in:\n{}", found[0]);
    }
}

#[test]
fn a_report_shows_the_input_and_what_was_meant() {
    let found = problems_with(&SPEC.replacen("engine: postgres", "engin: postgres", 1), module_files());
    assert_eq!(
        found[1],
        "error: the kind `database` has no input `engin`
  --> estate.yaml:28:15
   |
28 |     inputs: { engin: postgres, size: 20 }
   |               ^^^^^
  help: did you mean `engine`?"
    );
    assert!(found[0].contains("estate.yaml:28:13"), "{}", found[0]);
    assert!(found[0].contains("the input `engine` is missing: The engine of the database"), "{}", found[0]);
}

#[test]
fn inputs() {
    one_problem("size: 20", "size: \"20\"", &["estate.yaml:28:39", "a text, not a number", "without quotes"]);
    one_problem("engine: postgres", "engine: 5", &["estate.yaml:28:23", "a number, not a text", "in quotes"]);
    one_problem("engine: postgres", "engine: null", &["estate.yaml:28:23", "`engine` cannot be null"]);
    one_problem("size: 20", "password: secret", &["estate.yaml:28:43", "a spec holds no secrets"]);
    one_problem(
        "size: 20",
        "network: { group: [] }",
        &["estate.yaml:28:44", "there is no attribute `group`"],
    );
    one_problem(
        "size: 20",
        "network: { vpc_id: x }",
        &["estate.yaml:31:7", "`network.vpc_id` has a value already", "note: estate.yaml:28:52"],
    );
    one_problem(
        "      network.vpc_id: { from: main, output: id }\n",
        "",
        &["estate.yaml:30:27", "the attribute `vpc_id` is missing"],
    );
    one_problem("[\"${oops}\"]", "true", &["estate.yaml:37:26", "`true` or `false`, not a list"]);
    one_problem("cidr: 10.9.0.0/16, ", "", &["estate.yaml:45:13", "the input `cidr`"]);
    one_problem("size: 20", "size: 1e300", &["estate.yaml:28:39", "too large"]);
}

#[test]
fn references() {
    let subnets = "{ from: main, output: subnet_ids, path: [private] }";
    one_problem(
        subnets,
        "{ from: mian, output: subnet_ids, path: [private] }",
        &["estate.yaml:30:35", "there is no unit `prod/us-east-1/prod/mian`", "did you mean `main`?"],
    );
    one_problem(
        subnets,
        "{ from: main, output: subnet_id, path: [private] }",
        &["estate.yaml:30:49", "no output `subnet_id`", "did you mean `subnet_ids`?"],
    );
    one_problem(
        subnets,
        "{ from: main, output: subnet_ids }",
        &[
            "estate.yaml:30:27",
            "this is of type map(list(string)), and the input `network.subnet_ids` is of type list(string)",
        ],
    );
    one_problem(
        subnets,
        "{ from: main, output: subnet_ids, path: [0] }",
        &["estate.yaml:30:68", "there is no element 0 in a value of type map(list(string))"],
    );
    one_problem(
        subnets,
        "{ from: main, output: subnet_ids, path: [-1] }",
        &["estate.yaml:30:68", "counted from 0"],
    );
    one_problem(
        subnets,
        "{ from: main, output: subnet_ids, paht: [private] }",
        &["estate.yaml:30:61", "did you mean `path`?"],
    );
    one_problem(subnets, "${unit.main.subnet_ids}", &["estate.yaml:30:27", "not a map of fields"]);
    one_problem("network.subnet_ids: ", "network.subnets: ", &["estate.yaml:30:7", "subnets"]);
    one_problem(
        "network.vpc_id: ",
        "vpc.id: { from: main, output: id }\n      network.vpc_id: ",
        &["estate.yaml:31:7", "no input `vpc`"],
    );
    one_problem(
        "prod/orders, output: endpoint",
        "prod/orders, output: password",
        &["estate.yaml:39:70", "is sensitive"],
    );
    one_problem(
        "prod/orders, output: endpoint",
        "prod/orders, output: untyped",
        &["estate.yaml:39:70", "nobody says what type", "such as `untyped: string`"],
    );
}

#[test]
fn another_accounts_state_is_not_read() {
    let found = problems_with(&SPEC.replacen("tiers: [private] }\n    after: [prod/eu-west-1/prod/events]", "tiers: [private] }\n    references: { dhcp_options.domain_name: { from: prod/us-east-1/prod/main, output: id } }", 1), module_files());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    for part in ["estate.yaml:46:53", "another account", "data source"] {
        assert!(found[0].contains(part), "{}", found[0]);
    }
}

#[test]
fn a_circle_of_references() {
    let text = SPEC.replacen(
        "      network.vpc_id: { from: main, output: id }",
        "      network.vpc_id: { from: prod/eu-west-1/prod/events, output: urls, path: [a] }",
        1,
    );
    let found = problems_with(&text, module_files());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    assert!(
        found[0].contains("units come after each other") && found[0].contains("estate.yaml:39:"),
        "{}",
        found[0]
    );
}

#[test]
fn kinds_and_modules() {
    one_problem(
        "kind: database",
        "kind: databse",
        &["estate.yaml:24:11", "no kind `databse`", "did you mean `database`?"],
    );
    one_problem(
        "kind: landform_vpc",
        "kind: landform_vcp",
        &["estate.yaml:41:11", "did you mean `landform_vpc`?"],
    );
    one_problem("    version: \"4.2.1\"\n", "", &["estate.yaml:17:13", "needs its version"]);
    one_problem("\"4.2.1\"", "\"~> 4.2\"", &["estate.yaml:18:14", "not a version"]);
    one_problem("\"4.2.1\"", "\"main\"", &["estate.yaml:18:14", "not one version of a registry"]);
    one_problem(
        "acme/queue/aws",
        "git::https://git.acme.example/q.git?ref=main",
        &["estate.yaml:17:13", "not the source of a module"],
    );
    one_problem(
        "./modules/database",
        "../modules/database",
        &["estate.yaml:14:13", "a folder beside the spec"],
    );
    one_problem(
        "    outputs: { endpoint: string }",
        "    version: \"1\"\n    outputs: { endpoint: string }",
        &["estate.yaml:15:5", "a folder says its version itself"],
    );
    one_problem(
        "{ endpoint: string }",
        "{ endpoint: string, adress: string }",
        &["estate.yaml:15:34", "no output `adress`"],
    );
    one_problem(
        "{ endpoint: string }",
        "{ endpoint: strin }",
        &["estate.yaml:15:26", "not a type of Terraform"],
    );
    let renamed = SPEC.replacen("  queue:\n", "  network:\n    source: ./modules/database\n  queue:\n", 1);
    assert!(problems_with(&renamed, module_files())[0].contains("`network` is a kind of its own"));
}

#[test]
fn modules_that_cannot_be_read() {
    for (modules, expected) in [
        (ModuleFiles::new(), "`./modules/database` cannot be read: there is no such folder"),
        (files(&[("modules/database", "a.md", "")]), "it has no file that ends in `.tf`"),
        (files(&[("modules/database", "a.tf", "variable {")]), "`a.tf` is not HCL: line 1"),
        (
            files(&[
                ("modules/database", "a.tf", VARIABLES),
                ("modules/database", "b.tf", "module \"x\" {\n  source = \"../x\"\n}\n"),
            ]),
            "`./modules/x` cannot be read: there is no such folder",
        ),
    ] {
        let found = problems_with(SPEC, modules);
        assert!(
            found[0].contains(expected) && found[0].contains("estate.yaml:14:13"),
            "{}",
            found.join("\n")
        );
    }
}

#[test]
fn a_vpc_of_its_own_kind_overlaps_like_any_network() {
    one_problem(
        "cidr: 10.9.0.0/16",
        "cidr: 10.0.64.0/20",
        &[
            "`prod/us-east-1/prod/main` and `dev/us-east-1/dev/spare` overlap",
            "help: 10.1.0.0/20 is free",
            "note: estate.yaml:11:",
        ],
    );
}
