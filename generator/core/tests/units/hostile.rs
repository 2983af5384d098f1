//! Whatever a spec says, it stays a value: what is parsed back is what was given, and nothing is written elsewhere.

use std::collections::BTreeMap;
use std::fs;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::source::Source;
use landform_generator::spec::{Argument, Estate, Module, ModuleUnit};
use landform_generator::tree::Layout;
use landform_generator::write::{WriteError, read_modules};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use super::resolve::parsed;
use super::{SPEC, estate, files};

/// Texts made of what could end a string, a line or a file, or start code in HCL, YAML, TOML, JSON, Markdown or a shell.
fn text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "${",
        "%{",
        "$${",
        "}",
        "\"",
        "'",
        "`",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "<<EOF\n",
        "EOF\n",
        "#",
        "//",
        "/*",
        "*/",
        "$(id)",
        ";id",
        "|id",
        "&&",
        "../",
        "/etc/passwd",
        "\u{0}",
        "\u{7}",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "🦀",
        "- ",
        ": ",
        "? ",
        "!!python/object:os.system",
        "&a",
        "*a",
        "---\n",
        "...\n",
        "null",
        "~",
        "yes",
        "1e3",
        "0x10",
        "${file(\"/etc/passwd\")}",
        "${jsonencode(local.x)}",
        "%{ for x in y }",
        "<script>",
        "|",
        "[a](b)",
    ])
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![3 => part, 1 => any::<String>()], 0..6).prop_map(|parts| parts.concat())
}

fn argument() -> impl Strategy<Value = Argument> {
    let number = prop_oneof![
        any::<i32>().prop_map(|number| Argument::from(i64::from(number))),
        (-1.0e6..1.0e6_f64).prop_map(|number| Argument::Number(hcl::Number::from_f64(number).unwrap())),
    ];
    let leaf = prop_oneof![any::<bool>().prop_map(Argument::from), number, text().prop_map(Argument::from)];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Argument::List),
            prop::collection::btree_map(text(), inner, 0..4).prop_map(Argument::Map),
        ]
    })
}

/// An estate with one unit whose module takes anything.
fn with(value: Argument) -> Estate {
    let mut estate = estate(SPEC);
    estate.units.clear();
    estate.modules.clear();
    let place = estate.networks[0].place();
    estate.module_files = files(&[("modules/any", "main.tf", "variable \"anything\" {}\n")]);
    estate.module("any".parse().unwrap(), Module::new("./modules/any".parse().unwrap())).unit(
        ModuleUnit::new("x".parse().unwrap(), "any".parse().unwrap(), place)
            .input("anything".parse().unwrap(), value),
    )
}

/// Numbers are compared by value: `1.0` and `1` are the same in HCL.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|it| same(value, it)))
        }
        (one, other) => one == other,
    }
}

proptest! {
    // Each case writes whole trees.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_parsed_back_is_what_was_given(value in argument()) {
        let estate = with(value.clone());
        let expected = serde_json::to_value(&value).unwrap();
        let folder = "accounts/prod/us-east-1/prod/x";
        let terragrunt = generate(&estate, Layout::Terragrunt, &Ledger::default()).unwrap();
        let found = &parsed(&terragrunt, &format!("{folder}/terragrunt.hcl"))["inputs"]["anything"];
        prop_assert!(same(found, &expected), "{} is not {}", found, expected);
        let terraform = generate(&estate, Layout::Terraform, &Ledger::default()).unwrap();
        let found = &parsed(&terraform, &format!("{folder}/main.tf"))["module"]["any"]["anything"];
        prop_assert!(same(found, &expected), "{} is not {}", found, expected);
        let paths = |tree: &landform_generator::render::Rendered| tree.files.keys().cloned().collect::<Vec<_>>();
        let plain = generate(&with(true.into()), Layout::Terraform, &Ledger::default()).unwrap();
        prop_assert_eq!(paths(&terraform), paths(&plain), "no value makes a file");
    }

    #[test]
    fn every_format_reads_back_what_was_given(value in argument()) {
        let estate = with(value);
        for (name, text) in [
            ("estate.json", serde_json::to_string(&estate).unwrap()),
            ("estate.toml", toml::to_string(&estate).unwrap()),
            ("estate.yaml", serde_saphyr::to_string(&estate).unwrap()),
        ] {
            let source = Source::parse(name, text.as_str()).unwrap_or_else(|error| panic!("{error}\n{text}"));
            let mut again = source.estate().unwrap_or_else(|found| panic!("{}", source.report(&found[0])));
            again.module_files.clone_from(&estate.module_files);
            let inputs = |estate: &Estate| serde_json::to_value(&estate.units[0].inputs).unwrap();
            prop_assert!(same(&inputs(&again), &inputs(&estate)), "{}", text);
        }
    }
}

#[test]
fn modules_with_links_huge_files_or_strange_names_are_refused() {
    let estate = with(true.into());
    let make = |act: &dyn Fn(&std::path::Path)| {
        let root = TempDir::new().unwrap();
        let module = root.path().join("modules/any");
        fs::create_dir_all(module.join(".terraform/providers")).unwrap();
        fs::write(module.join("main.tf"), "variable \"anything\" {}\n").unwrap();
        fs::write(module.join(".terraform/providers/x"), "binary").unwrap();
        fs::write(module.join("terraform.tfstate"), "secret").unwrap();
        act(&module);
        read_modules(root.path(), &estate)
    };
    let read = make(&|_| ()).unwrap();
    let names: Vec<String> = read.values().flat_map(BTreeMap::keys).map(ToString::to_string).collect();
    assert_eq!(names, ["main.tf"], "what Terraform leaves in a module is no part of it");

    let refused = |act: &dyn Fn(&std::path::Path)| match make(act) {
        Err(WriteError::Module { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        assert_eq!(
            refused(&|module| symlink("/etc/passwd", module.join("x.tf")).unwrap()),
            "it is a symbolic link"
        );
        assert_eq!(refused(&|module| symlink("/etc", module.join("etc")).unwrap()), "it is a symbolic link");
        assert_eq!(
            refused(&|module| {
                fs::rename(module, module.with_file_name("real")).unwrap();
                symlink("real", module).unwrap();
            }),
            "it is a symbolic link"
        );
    }
    let large = vec![b'#'; (4 << 20) + 1];
    assert_eq!(refused(&|module| fs::write(module.join("x.tf"), &large).unwrap()), "it is larger than 4 MiB");
    assert!(refused(&|module| fs::write(module.join("a b.tf"), "").unwrap()).contains("other letters"));
    let many = |module: &std::path::Path| {
        (0..1_001).for_each(|at| fs::write(module.join(format!("{at}.md")), "").unwrap());
    };
    assert_eq!(refused(&many), "the module has more than 1,000 files");
    let deep = |module: &std::path::Path| fs::create_dir_all(module.join("d/".repeat(20))).unwrap();
    assert_eq!(refused(&deep), "it is no file, or too deep");
}

#[test]
fn a_spec_has_no_words_for_code() {
    for (from, to) in [
        ("    inputs: { engine: postgres, size: 20 }", "    provisioner: { local-exec: id }"),
        ("    inputs: { engine: postgres, size: 20 }", "    hcl: 'resource \"x\" \"y\" {}'"),
        ("engine: postgres", "\"engine = file(\\\"/etc/passwd\\\")\": x"),
        ("network.vpc_id: {", "\"network.vpc_id\\\" = x\": {"),
        ("output: id }", "output: \"id}\\nresource\" }"),
        ("kind: landform_vpc", "kind: \"../../x\""),
        ("source: acme/queue/aws", "source: \"acme/queue/aws\\\"\\n\""),
    ] {
        let text = SPEC.replacen(from, to, 1);
        assert_ne!(text, SPEC, "{from}");
        let source = Source::parse("estate.yaml", text).unwrap();
        assert!(source.estate().is_err(), "{to}");
    }
}
