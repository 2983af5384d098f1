//! Orphans, with stand-ins for Terraform and for the provider.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use super::{Desk, Outcome, json, outcome};

/// A network that exists, as the provider answers it.
fn exists(stack: &str, name: &str, ids: &[&str]) -> Value {
    let place = json!({ "account_id": "321098765432", "scope": { "region": "us-east-1" } });
    let objects: Vec<Value> = ids.iter().map(|id| json!({ "kind": "vpc", "id": id })).collect();
    let resource = json!({ "place": place, "stack": stack, "resource": format!("vpc/{name}") });
    json!({ "exists": { "resource": resource, "objects": objects } })
}

/// The stack of a unit, whose state holds `vpc/main`.
const DEV: &str = "dev/us-east-1/dev/main";

impl Desk {
    /// A tree whose dev network is applied. The provider answers what is in the file `looks/N` at its Nth look.
    fn with_provider(looks: &[&[Value]]) -> Self {
        let desk = Self::new();
        assert_eq!(desk.run("generate --layout terraform").code, 0);
        let state = json!({ "version": 4, "resources": [{ "mode": "managed", "type": "landform_vpc", "instances": [
            { "attributes": { "name": "main", "account_id": "321098765432", "region": "us-east-1" } }] }] });
        let terraform = format!(
            "#!/bin/sh\ncase \"$1 $PWD\" in state*dev/us-east-1*) printf '%s' '{state}';; esac\n[ ! -e fail ]\n"
        );
        let provider = "#!/bin/sh\ncd \"${0%/*}\"\nread -r request\necho \"$request\" >> requests\n\
             case \"$request\" in\n*'\"remove\"'*) cat removal;;\n\
             *) count=$(grep -c '\"list\"' requests); cat looks/$count;;\nesac\n";
        for (name, script) in [("terraform", terraform.as_str()), ("provider", provider)] {
            fs::write(desk.path(name), script).unwrap();
            fs::set_permissions(desk.path(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::create_dir(desk.path("looks")).unwrap();
        for (number, look) in looks.iter().enumerate() {
            let lines: Vec<String> = look.iter().map(|line| format!("{line}\n")).collect();
            fs::write(desk.path(&format!("looks/{}", number + 1)), lines.concat()).unwrap();
        }
        desk
    }

    fn orphans(&self, arguments: &str) -> Outcome {
        let arguments = format!("orphans --provider ./provider {arguments}");
        outcome(self.command(&arguments).env("LANDFORM_TERRAFORM", "./terraform"))
    }

    fn requests(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.path("requests")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[test]
fn what_is_in_a_state_is_no_orphan() {
    let desk = Desk::with_provider(&[&[exists(DEV, "main", &["vpc-1"])]]);
    let clean = desk.orphans("");
    assert_eq!(clean.code, 0, "{}", clean.stderr);
    assert_eq!(clean.stdout, "no orphans: all that carries the tags of Landform is in a state of the tree\n");
    let [request] = <[_; 1]>::try_from(desk.requests()).unwrap();
    assert_eq!(request["provider"]["read_only"], true);
    assert_eq!(request["provider"]["assume_role"]["role_name"], "OrganizationAccountAccessRole");
    // Three accounts, each in two regions and as a whole; the management account, which has the organization, is none of them.
    let places = request["action"]["list"].as_array().unwrap();
    let of = |scope: Value| places.iter().filter(|place| place["scope"] == scope).count();
    assert_eq!((places.len(), of(json!("account")), of(json!({ "region": "us-east-1" }))), (9, 3, 3));
}

#[test]
fn orphans_are_listed_with_the_reason() {
    let look = [
        exists(DEV, "main", &["vpc-1"]),
        exists(DEV, "left", &["vpc-2"]),
        exists("old", "main", &["vpc-3", "vpc-4"]),
    ];
    let desk = Desk::with_provider(&[&look, &look]);
    let found = desk.orphans("");
    assert_eq!(found.code, 3, "{}", found.stderr);
    let table: Vec<Vec<&str>> = found.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(table[1][..6], [DEV, "vpc/left", "321098765432", "us-east-1", "1", "vpc"]);
    assert_eq!(table[1][6..].join(" "), format!("not in the state of {DEV}"));
    assert_eq!(table[2][..2], ["old", "vpc/main"]);
    assert_eq!(table[2][6..].join(" "), "no unit of the tree has this stack");
    assert_eq!(table.len(), 3);

    let found = json(&desk.orphans("--json"));
    assert_eq!(found["status"], "orphans");
    assert_eq!(found["orphans"][0]["reason"], "not_in_state");
    assert_eq!(found["orphans"][1]["objects"][1], json!({ "kind": "vpc", "id": "vpc-4" }));
}

#[test]
fn only_what_the_tree_knows_and_what_stays_as_it_was_is_deleted() {
    let first = [
        exists(DEV, "growing", &["vpc-1"]),
        exists(DEV, "left", &["vpc-2"]),
        exists("old", "main", &["vpc-3"]),
    ];
    let second = [
        exists(DEV, "growing", &["vpc-1", "vpc-5"]),
        exists(DEV, "left", &["vpc-2"]),
        exists("old", "main", &["vpc-3"]),
    ];
    let desk = Desk::with_provider(&[&first, &second, &first, &second]);
    let resource = &exists(DEV, "left", &[])["exists"]["resource"];
    fs::write(desk.path("removal"), json!({ "removed": resource }).to_string()).unwrap();
    let deleted = desk.orphans("--delete --yes --settle 1ms");
    assert_eq!(deleted.code, 3, "something is left: {}", deleted.stderr);
    assert!(
        deleted.stderr.contains("removed vpc/left of stack dev/us-east-1/dev/main"),
        "{}",
        deleted.stderr
    );
    let removals: Vec<Value> =
        desk.requests().into_iter().filter(|request| request["action"]["remove"].is_object()).collect();
    let [removal] = <[_; 1]>::try_from(removals).unwrap();
    assert_eq!(removal["action"]["remove"], *resource);
    assert_eq!(
        (&removal["provider"]["read_only"], &removal["provider"]["stack"]),
        (&json!(false), &json!(DEV))
    );

    fs::remove_file(desk.path("requests")).unwrap();
    desk.orphans("--delete --yes --settle 1ms --stack old");
    let stacks: Vec<Value> =
        desk.requests().iter().map(|request| request["action"]["remove"]["stack"].clone()).collect();
    assert_eq!(stacks, [Value::Null, Value::Null, json!("old")], "the named one and no other");
}

/// A resource of the landing zone that exists, as the provider answers it.
fn exists_in(scope: &Value, account: &str, resource: &str, kept: Option<&str>) -> Value {
    let place = json!({ "account_id": account, "scope": scope });
    let resource = json!({ "place": place, "stack": DEV, "resource": resource });
    let objects = json!([{ "kind": "policy", "id": "p-1" }]);
    match kept {
        Some(kept) => json!({ "exists": { "resource": resource, "objects": objects, "kept": kept } }),
        None => json!({ "exists": { "resource": resource, "objects": objects } }),
    }
}

#[test]
fn what_has_no_region_is_listed_where_it_is_and_what_is_kept_is_never_deleted() {
    let look = [
        exists_in(&json!("account"), "321098765432", "deploy_roles/main", None),
        exists_in(
            &json!({ "region": "us-east-1" }),
            "321098765432",
            "state_backend/main",
            Some("never deleted"),
        ),
    ];
    let desk = Desk::with_provider(&[&look, &look, &look, &look]);
    fs::write(desk.path("removal"), json!({ "removed": &look[0]["exists"]["resource"] }).to_string())
        .unwrap();
    let found = desk.orphans("");
    assert_eq!(found.code, 3, "{}", found.stderr);
    let table: Vec<Vec<&str>> = found.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    let [_, states, roles] = table.as_slice() else { panic!("{}", found.stdout) };
    assert_eq!(states[6..].join(" "), format!("not in the state of {DEV}; never deleted"));
    assert_eq!(roles[..4], [DEV, "deploy_roles/main", "321098765432", "global"]);
    let found = json(&desk.orphans("--json"));
    let of = |index: usize, name: &str| found["orphans"][index][name].clone();
    assert_eq!([of(0, "region"), of(1, "region")], [json!("us-east-1"), Value::Null]);
    assert_eq!([of(0, "never_deleted"), of(1, "never_deleted")], [json!(true), json!(false)]);

    let deleted = desk.orphans(&format!("--delete --yes --settle 1ms --stack {DEV}"));
    assert_eq!(deleted.code, 3, "something is left: {}", deleted.stderr);
    assert!(deleted.stderr.contains("of a kind that is never deleted"), "{}", deleted.stderr);
    let requests = desk.requests();
    let removals = requests.iter().map(|request| &request["action"]["remove"]);
    let removals: Vec<&Value> = removals.filter(|it| it.is_object()).collect();
    assert_eq!(removals, [&look[0]["exists"]["resource"]]);
}

#[test]
fn the_organization_is_looked_at_with_the_own_credentials_where_the_estate_has_its_management_account() {
    let desk = Desk::with_provider(&[&[], &[]]);
    let spec = fs::read_to_string(desk.path("landform.yaml")).unwrap();
    let account = "accounts:\n  management: { id: \"109876543210\" }\n";
    fs::write(desk.path("landform.yaml"), spec.replacen("accounts:\n", account, 1)).unwrap();
    desk.orphans("");
    let requests = desk.requests();
    let [own, _] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(own["provider"]["assume_role"], Value::Null);
    let places = own["action"]["list"].as_array().unwrap();
    let organization = json!({ "account_id": "109876543210", "scope": "organization" });
    assert!(places.contains(&organization) && places.len() == 4, "{places:?}");
    assert!(!requests[1].to_string().contains("organization\""), "{}", requests[1]);
}

#[test]
fn what_cannot_be_read_is_not_taken_for_nothing() {
    let place = json!({ "account_id": "321098765432", "scope": { "region": "us-east-1" } });
    let failed = json!({ "failed": { "place": place, "error": "denied" } });
    let desk = Desk::with_provider(&[&[exists(DEV, "left", &["vpc-2"]), failed]]);
    let unread = desk.orphans("--delete --yes --settle 1ms");
    assert_eq!(unread.code, 1);
    assert!(unread.stderr.contains("1 of 9 place(s) in the accounts"), "{}", unread.stderr);
    assert!(unread.stderr.contains("account 321098765432, us-east-1: denied"), "{}", unread.stderr);

    let desk = Desk::with_provider(&[&[]]);
    fs::write(desk.path("environments/accounts").join(DEV).join("fail"), "").unwrap();
    let unread = desk.orphans("");
    assert_eq!(unread.code, 1);
    assert!(unread.stderr.contains("the state of the unit dev/us-east-1/dev/main"), "{}", unread.stderr);
    assert!(desk.requests().is_empty());
}

#[test]
fn nobody_is_asked_where_there_is_no_terminal() {
    let desk = Desk::with_provider(&[&[exists(DEV, "left", &["vpc-2"])]]);
    let refused = desk.orphans("--delete --settle 1ms");
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("`--yes`"), "{}", refused.stderr);
    assert!(desk.requests().is_empty());
    let missing = outcome(desk.command("orphans").env("PATH", "").env("LANDFORM_PROVIDER", ""));
    assert_eq!(missing.code, 1, "{}", missing.stderr);
    let strange = desk.path("provider");
    fs::write(&strange, "#!/bin/sh\necho hello\n").unwrap();
    let strange = desk.orphans("");
    assert_eq!(strange.code, 1);
    assert!(strange.stderr.contains("answered `hello`"), "{}", strange.stderr);
}
