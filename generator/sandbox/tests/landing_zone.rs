//! What AWS does in a landing zone and the emulator alone does not.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// What is asked is written where it is asked.
#![allow(clippy::needless_pass_by_value)]

use std::path::Path;
use std::sync::OnceLock;

use landform_sandbox::aws::Client;
use landform_sandbox::{Emulator, Error, Toolchain};
use serde_json::{Value, json};

const DENY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}"#;
const SCP: &str = "SERVICE_CONTROL_POLICY";

/// An organization of its own for each test, in one emulator.
struct Organization {
    client: Client,
    endpoint: &'static str,
    management: &'static str,
    root: String,
}

impl Organization {
    fn new(management: &'static str) -> Organization {
        static EMULATOR: OnceLock<Emulator> = OnceLock::new();
        let emulator = EMULATOR.get_or_init(|| {
            let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
            let toolchain = Toolchain::prepare(&workspace, &|line| eprintln!("{line}")).unwrap();
            Emulator::start(&toolchain).unwrap()
        });
        let client = Client::new(emulator.endpoint()).unwrap();
        client.create_organization(management).unwrap();
        let roots = client.organizations(management, "ListRoots", &json!({})).unwrap();
        let root = roots["Roots"][0]["Id"].as_str().unwrap().to_owned();
        Organization { client, endpoint: emulator.endpoint(), management, root }
    }

    fn call(&self, action: &str, input: Value) -> Result<Value, Error> {
        self.client.organizations(self.management, action, &input)
    }

    fn ask(&self, action: &str, input: Value) -> Value {
        self.call(action, input).unwrap()
    }

    fn refusal(&self, action: &str, input: Value) -> String {
        code(self.call(action, input))
    }

    fn unit(&self, parent: &str, name: &str) -> String {
        let made = self.ask("CreateOrganizationalUnit", json!({ "ParentId": parent, "Name": name }));
        made["OrganizationalUnit"]["Id"].as_str().unwrap().to_owned()
    }

    fn policy(&self, name: &str, kind: &str, content: &str) -> Result<String, Error> {
        let input = json!({ "Name": name, "Description": "", "Type": kind, "Content": content });
        let made = self.call("CreatePolicy", input)?;
        Ok(made["Policy"]["PolicySummary"]["Id"].as_str().unwrap().to_owned())
    }

    fn enable(&self, kind: &str) -> Result<Value, Error> {
        self.call("EnablePolicyType", json!({ "RootId": self.root, "PolicyType": kind }))
    }

    fn trust(&self, service: &str) {
        self.ask("EnableAWSServiceAccess", json!({ "ServicePrincipal": service }));
    }

    /// The state of an account, by its id.
    fn state(&self, account: &str) -> Value {
        self.ask("DescribeAccount", json!({ "AccountId": account }))["Account"]["State"].clone()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_account_comes_after_a_while_and_once_for_an_address() {
    let it = Organization::new("500000000001");
    let request = |email: &str| {
        let made = it.ask("CreateAccount", json!({ "AccountName": "dev", "Email": email }));
        made["CreateAccountStatus"]["Id"].clone()
    };
    let poll = |id: &Value| {
        it.ask("DescribeCreateAccountStatus", json!({ "CreateAccountRequestId": id }))["CreateAccountStatus"]
            .clone()
    };
    let first = request("aws+dev@example.com");
    let states: Vec<Value> = (0..3).map(|_| poll(&first)["State"].clone()).collect();
    assert_eq!(states, ["IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"]);
    let again = request("AWS+Dev@example.com");
    poll(&again);
    poll(&again);
    let last = poll(&again);
    assert_eq!((&last["State"], &last["FailureReason"]), (&json!("FAILED"), &json!("EMAIL_ALREADY_EXISTS")));
    let unknown =
        it.refusal("DescribeCreateAccountStatus", json!({ "CreateAccountRequestId": "car-00000000" }));
    assert_eq!(unknown, "CreateAccountStatusNotFoundException");
    let failed = it.ask("ListCreateAccountStatus", json!({ "States": ["FAILED"] }));
    assert_eq!(failed["CreateAccountStatuses"].as_array().unwrap().len(), 1);

    let made = poll(&first)["AccountId"].as_str().unwrap().to_owned();
    let xml = it.client.query("iam", "us-east-1", &made, "ListRoles", &[]).unwrap();
    assert!(xml.contains("OrganizationAccountAccessRole"), "{xml}");
}

#[test]
fn the_tree_has_names_a_depth_and_no_way_to_lose_accounts() {
    let it = Organization::new("500000000002");
    let workloads = it.unit(&it.root, "Workloads");
    let twice = json!({ "ParentId": it.root, "Name": "Workloads" });
    assert_eq!(it.refusal("CreateOrganizationalUnit", twice), "DuplicateOrganizationalUnitException");
    let deepest = (2..=5).fold(workloads.clone(), |parent, level| it.unit(&parent, &format!("level{level}")));
    let deeper = json!({ "ParentId": deepest, "Name": "level6" });
    assert_eq!(it.refusal("CreateOrganizationalUnit", deeper), "ConstraintViolationException");

    let account = it.client.create_account(it.management, "dev", "dev@example.com").unwrap();
    let moves = |from: &str, to: &str| {
        it.call(
            "MoveAccount",
            json!({ "AccountId": account, "SourceParentId": from, "DestinationParentId": to }),
        )
    };
    assert_eq!(code(moves(&workloads, &it.root)), "SourceParentNotFoundException");
    assert_eq!(code(moves(&it.root, &it.root)), "DuplicateAccountException");
    assert_eq!(code(moves(&it.root, "ou-none-00000000")), "DestinationParentNotFoundException");
    moves(&it.root, &workloads).unwrap();
    let listed = it.ask("ListAccounts", json!({}))["Accounts"][1].clone();
    assert_eq!(listed["State"], "ACTIVE");
    assert_eq!(listed["Status"], Value::Null, "AWS has retired it");
    assert!(listed["Paths"][0].as_str().unwrap().contains(&format!("{}/{workloads}/", it.root)), "{listed}");
    let gone = it.refusal("DeleteOrganizationalUnit", json!({ "OrganizationalUnitId": workloads }));
    assert_eq!(gone, "OrganizationalUnitNotEmptyException");
}

#[test]
fn a_closed_account_may_seem_open_again_for_a_while() {
    let it = Organization::new("500000000003");
    let account = it.client.create_account(it.management, "old", "old@example.com").unwrap();
    let close = json!({ "AccountId": account });
    it.ask("CloseAccount", close.clone());
    let states: Vec<Value> = (0..5).map(|_| it.state(&account)).collect();
    assert_eq!(states, ["PENDING_CLOSURE", "ACTIVE", "PENDING_CLOSURE", "CLOSED", "CLOSED"]);
    assert_eq!(it.refusal("CloseAccount", close), "AccountAlreadyClosedException");
    let own = it.refusal("CloseAccount", json!({ "AccountId": it.management }));
    assert_eq!(own, "ConstraintViolationException");
}

#[test]
fn policies_are_read_counted_and_kept_from_leaving_nothing() {
    let it = Organization::new("500000000004");
    for (content, expected) in [
        ("{", "MalformedPolicyDocumentException"),
        (r#"{"Statement":[{"Effect":"Maybe"}]}"#, "MalformedPolicyDocumentException"),
        (&format!("{DENY}{}", " ".repeat(10_240)), "ConstraintViolationException"),
    ] {
        assert_eq!(code(it.policy("p", SCP, content)), expected, "{content:.40}");
    }
    let policy = it.policy("p", SCP, DENY).unwrap();
    let unit = it.unit(&it.root, "Workloads");
    let at = |policy: &str| json!({ "PolicyId": policy, "TargetId": unit });
    assert_eq!(it.refusal("AttachPolicy", at(&policy)), "PolicyTypeNotEnabledException");
    let enabled = it.enable(SCP).unwrap();
    assert_eq!(enabled["Root"]["PolicyTypes"][0]["Status"], "PENDING_ENABLE");
    it.ask("AttachPolicy", at(&policy));
    assert_eq!(it.refusal("AttachPolicy", at(&policy)), "DuplicatePolicyAttachmentException");
    assert_eq!(it.refusal("DeletePolicy", json!({ "PolicyId": policy })), "PolicyInUseException");
    let more: Vec<String> =
        (0..9).map(|number| it.policy(&format!("p{number}"), SCP, DENY).unwrap()).collect();
    let (last, others) = more.split_last().unwrap();
    others.iter().for_each(|policy| drop(it.ask("AttachPolicy", at(policy))));
    assert_eq!(it.refusal("AttachPolicy", at(last)), "ConstraintViolationException", "ten are attached");
    let full = json!({ "PolicyId": "p-FullAWSAccess", "TargetId": it.root });
    assert_eq!(it.refusal("DetachPolicy", full), "ConstraintViolationException", "it is the last one");
    it.ask("DetachPolicy", at(&policy));
    assert_eq!(it.refusal("DetachPolicy", at(&policy)), "PolicyNotAttachedException");
}

#[test]
fn a_declarative_policy_orders_what_accounts_of_its_unit_have() {
    let it = Organization::new("500000000005");
    let kind = "DECLARATIVE_POLICY_EC2";
    for other in ["BACKUP_POLICY", "S3_POLICY", "INSPECTOR_POLICY", kind] {
        it.enable(other).unwrap();
    }
    assert_eq!(code(it.enable("SECURITYHUB_POLICY")), "ConstraintViolationException", "it is not trusted");
    it.trust("securityhub.amazonaws.com");
    it.enable("SECURITYHUB_POLICY").unwrap();

    let account = it.client.create_account(it.management, "dev", "dev@example.com").unwrap();
    let ask = |action: &str, parameters: &[(&str, &str)]| {
        it.client.query("ec2", "eu-west-1", &account, action, parameters).unwrap()
    };
    ask("ModifyInstanceMetadataDefaults", &[("HttpTokens", "optional"), ("HttpEndpoint", "enabled")]);
    let own = ask("GetInstanceMetadataDefaults", &[]);
    assert!(own.contains("<httpTokens>optional</httpTokens>") && own.contains(">account<"), "{own}");
    let content =
        r#"{"ec2_attributes":{"instance_metadata_defaults":{"http_tokens":{"@@assign":"required"}}}}"#;
    let policy = it.policy("d", kind, content).unwrap();
    it.ask("AttachPolicy", json!({ "PolicyId": policy, "TargetId": it.root }));
    let ordered = ask("GetInstanceMetadataDefaults", &[]);
    assert!(ordered.contains(">required<") && ordered.contains(">declarative-policy<"), "{ordered}");
    let effective = it.ask("DescribeEffectivePolicy", json!({ "PolicyType": kind, "TargetId": account }));
    assert!(effective["EffectivePolicy"]["PolicyContent"].as_str().unwrap().contains("required"));
    for (change, look, expected) in [
        (
            ("EnableImageBlockPublicAccess", "ImageBlockPublicAccessState"),
            "GetImageBlockPublicAccessState",
            "block-new-sharing",
        ),
        (
            ("EnableSnapshotBlockPublicAccess", "State"),
            "GetSnapshotBlockPublicAccessState",
            "block-all-sharing",
        ),
        (("EnableSerialConsoleAccess", "DryRun"), "GetSerialConsoleAccessStatus", "true"),
    ] {
        let value = if change.1 == "DryRun" { "false" } else { expected };
        ask(change.0, &[(change.1, value)]);
        assert!(ask(look, &[]).contains(&format!(">{expected}<")), "{look}");
    }
}

#[test]
fn the_key_of_new_volumes_is_remembered_by_account_and_region() {
    let it = Organization::new("500000000010");
    let account = it.client.create_account(it.management, "dev", "dev@example.com").unwrap();
    let made = it.client.json("kms", "TrentService", &account, "CreateKey", &json!({})).unwrap();
    let (id, arn) =
        (made["KeyMetadata"]["KeyId"].as_str().unwrap(), made["KeyMetadata"]["Arn"].as_str().unwrap());
    let ask = |account: &str, region: &str, action: &str, parameters: &[(&str, &str)]| {
        it.client.query("ec2", region, account, action, parameters).unwrap()
    };
    let key = |account: &str, region: &str| ask(account, region, "GetEbsDefaultKmsKeyId", &[]);
    let standard = |account: &str, region: &str| format!(">arn:aws:kms:{region}:{account}:alias/aws/ebs<");
    let set =
        |region: &str, key: &str| ask(&account, region, "ModifyEbsDefaultKmsKeyId", &[("KmsKeyId", key)]);
    assert!(set("us-east-1", id).contains(&format!(">{arn}<")));
    assert!(key(&account, "us-east-1").contains(&format!(">{arn}<")));
    assert!(key(&account, "eu-west-1").contains(&standard(&account, "eu-west-1")), "a key is of one region");
    assert!(
        key(it.management, "us-east-1").contains(&standard(it.management, "us-east-1")),
        "and of one account"
    );
    set("eu-west-1", "alias/nowhere");
    assert!(key(&account, "eu-west-1").contains(">alias/nowhere<"), "AWS looks for it later");
    ask(&account, "us-east-1", "ResetEbsDefaultKmsKeyId", &[]);
    assert!(key(&account, "us-east-1").contains(&standard(&account, "us-east-1")));
}

#[test]
fn names_addresses_and_regions_are_changed_from_the_organization() {
    let it = Organization::new("500000000006");
    let account = it.client.create_account(it.management, "dev", "dev@example.com").unwrap();
    let ask = |action: &str, input: Value| it.client.account_management(it.management, action, &input);
    let name = json!({ "AccountId": account, "AccountName": "Development" });
    assert_eq!(code(ask("PutAccountName", name.clone())), "AccessDeniedException", "it is not trusted");
    it.trust("account.amazonaws.com");
    ask("PutAccountName", name).unwrap();
    let described = it.ask("DescribeAccount", json!({ "AccountId": account }));
    assert_eq!(described["Account"]["Name"], "Development");

    let email = json!({ "AccountId": account, "PrimaryEmail": "new@example.com" });
    assert_eq!(ask("StartPrimaryEmailUpdate", email.clone()).unwrap()["Status"], "PENDING");
    let accept = |otp: &str| {
        let mut input = email.clone();
        input["Otp"] = json!(otp);
        ask("AcceptPrimaryEmailUpdate", input)
    };
    assert_eq!(code(accept("000000")), "ValidationException");
    assert_eq!(accept("424242").unwrap()["Status"], "ACCEPTED");
    let mail = ask("GetPrimaryEmail", json!({ "AccountId": account })).unwrap();
    assert_eq!(mail["PrimaryEmail"], "new@example.com");

    let region = json!({ "AccountId": account, "RegionName": "eu-south-2" });
    ask("EnableRegion", region.clone()).unwrap();
    let status = || ask("GetRegionOptStatus", region.clone()).unwrap()["RegionOptStatus"].clone();
    assert_eq!([status(), status(), status()], ["ENABLING", "ENABLING", "ENABLED"]);
}

#[test]
fn root_access_budgets_and_members_are_as_on_aws() {
    let it = Organization::new("500000000007");
    let account = it.client.create_account(it.management, "dev", "dev@example.com").unwrap();
    let iam = |action: &str| it.client.query("iam", "us-east-1", it.management, action, &[]);
    assert_eq!(code(iam("EnableOrganizationsRootSessions")), "ServiceAccessNotEnabledException");
    it.trust("iam.amazonaws.com");
    iam("EnableOrganizationsRootSessions").unwrap();
    iam("EnableOrganizationsRootCredentialsManagement").unwrap();
    let features = iam("ListOrganizationsFeatures").unwrap();
    assert!(features.contains("RootSessions") && features.contains("RootCredentialsManagement"));

    let as_member = |action: &str| it.client.organizations(&account, action, &json!({}));
    assert_eq!(code(as_member("ListAccounts")), "AccessDeniedException");
    as_member("DescribeOrganization").unwrap();
    let register = json!({ "AccountId": account, "ServicePrincipal": "guardduty.amazonaws.com" });
    assert_eq!(
        it.refusal("RegisterDelegatedAdministrator", register.clone()),
        "ConstraintViolationException"
    );
    it.trust("guardduty.amazonaws.com");
    it.ask("RegisterDelegatedAdministrator", register);
    as_member("ListAccounts").unwrap();

    let budgets = |action: &str, input: Value| {
        it.client.json("budgets", "AWSBudgetServiceGateway", &account, action, &input).unwrap()
    };
    let budget = |amount: &str| json!({ "BudgetName": "all", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": { "Amount": amount, "Unit": "USD" } });
    budgets("CreateBudget", json!({ "AccountId": account, "Budget": budget("10") }));
    budgets("UpdateBudget", json!({ "AccountId": account, "NewBudget": budget("20") }));
    let found = budgets("DescribeBudget", json!({ "AccountId": account, "BudgetName": "all" }));
    assert_eq!(found["Budget"]["BudgetLimit"]["Amount"], "20");
}

#[test]
fn a_bucket_is_private_and_a_denial_with_a_condition_shuts_nobody_out() {
    let it = Organization::new("500000000008");
    it.client.create_bucket(it.management, "us-east-1", "state-500000000008").unwrap();
    let policy = json!({ "Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::state-500000000008/*",
        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
    }] });
    let key = it.client.assume_role(it.management).unwrap();
    let scope = format!("AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/s3/aws4_request");
    let url = |path: &str| format!("{}/state-500000000008{path}", it.endpoint);
    let mut block = ureq::get(url("?publicAccessBlock")).header("authorization", &scope).call().unwrap();
    let block = block.body_mut().read_to_string().unwrap();
    assert!(block.contains("<BlockPublicPolicy>true<"), "{block}");
    let send = |path: &str, body: &str| {
        ureq::put(url(path)).header("authorization", &scope).send(body).unwrap();
    };
    send("?policy", &policy.to_string());
    send("/key", "text");
    assert_eq!(it.client.list_objects(it.management, "us-east-1", "state-500000000008").unwrap(), ["key"]);

    let iam = |action: &str, parameters: &[(&str, &str)]| {
        it.client.query("iam", "us-east-1", it.management, action, parameters).unwrap()
    };
    let url = ("Url", "https://token.actions.example.com");
    iam("CreateOpenIDConnectProvider", &[url, ("ClientIDList.member.1", "one")]);
    let arn = format!("arn:aws:iam::{}:oidc-provider/token.actions.example.com", it.management);
    let provider = ("OpenIDConnectProviderArn", arn.as_str());
    iam("AddClientIDToOpenIDConnectProvider", &[provider, ("ClientID", "two")]);
    iam("RemoveClientIDFromOpenIDConnectProvider", &[provider, ("ClientID", "one")]);
    let found = iam("GetOpenIDConnectProvider", &[provider]);
    assert!(found.contains(">two<") && !found.contains(">one<"), "{found}");
}
