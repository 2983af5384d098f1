//! The fault proxy in front of the real emulator.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Write;
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use landform_sandbox::Error;
use landform_sandbox::aws::{Client, Kind};
use landform_test_support::FaultProxy;
use landform_test_support::scenario::TestBed;

const REGION: &str = "us-east-1";

/// A proxy, a client behind it, a client that goes around it, and an account that no other test uses.
struct Setup {
    proxy: FaultProxy,
    client: Client,
    direct: Client,
    account: String,
}

impl Setup {
    fn new() -> Setup {
        let emulator = TestBed::emulator();
        let proxy = FaultProxy::start(emulator.endpoint());
        let client = Client::new(proxy.endpoint()).unwrap();
        let direct = Client::new(emulator.endpoint()).unwrap();
        let account = TestBed::next_account();
        client.assume_role(&account).unwrap();
        proxy.take_calls();
        Setup { proxy, client, direct, account }
    }

    fn create_vpc(&self) -> Result<String, Error> {
        self.client.query("ec2", REGION, &self.account, "CreateVpc", &[("CidrBlock", "10.0.0.0/16")])
    }

    fn vpcs(&self) -> usize {
        self.direct.inventory(&self.account, &[REGION]).unwrap().made().of(Kind::Vpc).len()
    }
}

#[test]
fn calls_are_named_counted_and_classified() {
    let setup = Setup::new();
    setup.create_vpc().unwrap();
    setup.client.query("ec2", REGION, &setup.account, "DescribeVpcs", &[]).unwrap();
    setup.client.create_bucket(&setup.account, REGION, &format!("bucket-{}", setup.account)).unwrap();
    setup.client.create_organization(&setup.account).unwrap();

    let calls = setup.proxy.calls();
    assert_eq!(
        calls.actions(),
        ["CreateVpc", "DescribeVpcs", "CreateBucket", "PutBucketVersioning", "CreateOrganization"]
    );
    assert_eq!(calls.mutating().len(), 4);
    assert_eq!(calls.of_service("s3").len(), 2);
    assert_eq!((calls[0].service.as_str(), calls[0].region.as_str()), ("ec2", REGION));
    assert_eq!(calls[0].parameter("CidrBlock").as_deref(), Some("10.0.0.0/16"));
    assert!(calls.iter().all(|call| call.status == Some(200) && call.forwarded && call.fault.is_none()));
    assert!(calls.unsupported().is_empty());
    assert_eq!(setup.proxy.take_calls().len(), 5);
    assert!(setup.proxy.calls().is_empty());
}

#[test]
fn a_lost_answer_does_the_work_and_a_lost_request_does_not() {
    let setup = Setup::new();
    let answer = setup.proxy.on("CreateVpc").lost_answer();
    let request = setup.proxy.on("CreateVpc").nth(2).lost_request();
    assert!(matches!(setup.create_vpc(), Err(Error::Request { .. })));
    assert_eq!(setup.vpcs(), 1);
    assert!(matches!(setup.create_vpc(), Err(Error::Request { .. })));
    assert_eq!(setup.vpcs(), 1);
    setup.create_vpc().unwrap();
    assert_eq!(setup.vpcs(), 2);
    assert_eq!((answer.hits(), request.hits()), (1, 1));
    let faults: Vec<_> =
        setup.proxy.calls().iter().map(|call| (call.fault, call.status, call.forwarded)).collect();
    assert_eq!(
        faults,
        [(Some("lost answer"), None, true), (Some("lost request"), None, false), (None, Some(200), true)]
    );
}

#[test]
fn refusals_use_the_words_of_the_service() {
    let setup = Setup::new();
    setup.proxy.on("CreateVpc").throttle();
    setup.proxy.on("CreateVpc").nth(2).fail(
        400,
        "VpcLimitExceeded",
        "The maximum number of VPCs has been reached.",
    );
    setup.proxy.on("CreateVpc").nth(3).fail_after_success(504, "GatewayTimeout", "Try again.");
    setup.proxy.on("CreateOrganization").always().throttle();
    setup.proxy.on("HeadBucket").fail(403, "AccessDenied", "no");
    setup.proxy.on("CreateBucket").throttle();

    let code = |result: Result<String, Error>| match result {
        Err(Error::Refused { status, code, .. }) => format!("{status} {code}"),
        other => format!("{other:?}"),
    };
    assert_eq!(code(setup.create_vpc()), "503 RequestLimitExceeded");
    assert_eq!(code(setup.create_vpc()), "400 VpcLimitExceeded");
    assert_eq!(setup.vpcs(), 0);
    assert_eq!(code(setup.create_vpc()), "504 GatewayTimeout");
    assert_eq!(setup.vpcs(), 1);
    for _ in 0..3 {
        let organization = setup.client.create_organization(&setup.account).map(|()| String::new());
        assert_eq!(code(organization), "400 TooManyRequestsException");
    }
    let bucket = setup.client.create_bucket(&setup.account, REGION, "b").map(|()| String::new());
    assert_eq!(code(bucket), "503 SlowDown");
}

#[test]
fn times_and_nth_pick_a_run_of_calls_and_rules_can_be_cleared() {
    let setup = Setup::new();
    let rule = setup.proxy.on_mutating().nth(2).times(2).throttle();
    let outcomes: Vec<bool> = (0..5).map(|_| setup.create_vpc().is_ok()).collect();
    assert_eq!(outcomes, [true, false, false, true, true]);
    assert_eq!(rule.hits(), 2);
    let forever = setup.proxy.on_where(|call| call.region == REGION).always().throttle();
    assert!(setup.create_vpc().is_err());
    setup.proxy.clear_rules();
    assert!(setup.create_vpc().is_ok());
    assert_eq!(forever.hits(), 1);
}

#[test]
fn a_held_call_waits_while_others_pass_and_a_delay_delays() {
    let setup = Setup::new();
    let (arrived, on_arrival) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let (arrived, released) = (std::sync::Mutex::new(arrived), std::sync::Mutex::new(released));
    setup.proxy.on("CreateVpc").hold(move |call| {
        arrived.lock().unwrap().send(call.action.clone()).unwrap();
        released.lock().unwrap().recv().unwrap();
    });
    thread::scope(|scope| {
        let held = scope.spawn(|| setup.create_vpc());
        assert_eq!(on_arrival.recv_timeout(Duration::from_secs(20)).unwrap(), "CreateVpc");
        assert_eq!(setup.vpcs(), 0);
        setup.client.query("ec2", REGION, &setup.account, "DescribeVpcs", &[]).unwrap();
        assert!(!held.is_finished());
        release.send(()).unwrap();
        held.join().unwrap().unwrap();
    });
    assert_eq!(setup.vpcs(), 1);

    setup.proxy.on("DescribeVpcs").delay(Duration::from_millis(700));
    let begin = Instant::now();
    setup.client.query("ec2", REGION, &setup.account, "DescribeVpcs", &[]).unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(700));
    assert!(setup.proxy.calls().last().unwrap().took >= Duration::from_millis(700));
}

#[test]
fn an_answer_comes_late_and_a_request_is_carried_out_after_its_caller_gave_up() {
    let setup = Setup::new();
    let late = Duration::from_secs(3);
    setup.proxy.on("CreateVpc").late_answer(late);
    thread::scope(|scope| {
        let begin = Instant::now();
        let slow = scope.spawn(|| setup.create_vpc());
        while setup.vpcs() == 0 {
            assert!(begin.elapsed() < late, "the work is not done before the answer");
        }
        slow.join().unwrap().unwrap();
        assert!(begin.elapsed() >= late);
    });

    setup.proxy.on("CreateVpc").delay(late);
    let address = setup.proxy.endpoint().strip_prefix("http://").unwrap();
    let mut caller = TcpStream::connect(address).unwrap();
    let key = setup.client.assume_role(&setup.account).unwrap();
    let body = "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.9.0.0%2F16";
    write!(
        caller,
        "POST / HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         authorization: AWS4-HMAC-SHA256 Credential={key}/20260101/{REGION}/ec2/aws4_request\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    while setup.proxy.calls().last().unwrap().fault != Some("delay") {
        thread::yield_now();
    }
    drop(caller);
    let begin = Instant::now();
    while setup.vpcs() == 1 {
        assert!(begin.elapsed() < Duration::from_secs(20), "the work was never done");
    }
}

#[test]
fn an_answer_is_rewritten() {
    let setup = Setup::new();
    setup.create_vpc().unwrap();
    let rule = setup.proxy.on("DescribeVpcs").rewrite(|_, text| text.replace("available", "pending"));
    let described = || setup.client.query("ec2", REGION, &setup.account, "DescribeVpcs", &[]).unwrap();
    assert!(described().contains("<state>pending</state>"));
    assert!(described().contains("<state>available</state>"));
    assert_eq!(rule.hits(), 1);
}

#[test]
fn the_same_client_token_is_the_same_object() {
    let setup = Setup::new();
    let vpc = setup.create_vpc().unwrap();
    let vpc = vpc.split("<vpcId>").nth(1).unwrap().split('<').next().unwrap();
    let create = |vpc: &str, token: &str| {
        let parameters = [("VpcId", vpc), ("ClientToken", token)];
        setup.client.query("ec2", REGION, &setup.account, "CreateRouteTable", &parameters)
    };
    let tables = || {
        let made = setup.direct.inventory(&setup.account, &[REGION]).unwrap().made();
        made.of(Kind::RouteTable).len()
    };
    setup.proxy.on("CreateRouteTable").lost_answer();
    create(vpc, "one").unwrap_err();
    let first = create(vpc, "one").unwrap();
    assert_eq!(create(vpc, "one").unwrap(), first);
    assert_eq!(tables(), 1);
    assert_ne!(create(vpc, "two").unwrap(), first);
    assert_eq!(tables(), 2);
    let refused = create("vpc-0", "one");
    assert!(
        matches!(&refused, Err(Error::Refused { code, .. }) if code == "IdempotentParameterMismatch"),
        "{refused:?}"
    );
    let executed: Vec<bool> =
        setup.proxy.calls().iter().skip(1).map(|call| call.forwarded && call.executed()).collect();
    assert_eq!(executed, [true, false, false, true, false]);
}

#[test]
fn a_cut_runs_the_callback_before_or_after_the_work() {
    let setup = Setup::new();
    let (send, seen) = mpsc::channel();
    let send = std::sync::Mutex::new(send);
    let (account, endpoint) = (setup.account.clone(), TestBed::emulator().endpoint().to_owned());
    let count = move |_: &landform_test_support::fault_proxy::Call| {
        let made = Client::new(&endpoint).unwrap().inventory(&account, &[REGION]).unwrap().made();
        send.lock().unwrap().send(made.of(Kind::Vpc).len()).unwrap();
    };
    let count = std::sync::Arc::new(count);
    let before = std::sync::Arc::clone(&count);
    setup.proxy.on("CreateVpc").cut_before(move |call| before(call));
    setup.proxy.on("CreateVpc").nth(2).cut_after(move |call| count(call));
    assert!(setup.create_vpc().is_err());
    assert!(setup.create_vpc().is_err());
    assert_eq!(seen.try_iter().collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn an_action_that_the_emulator_lacks_is_marked() {
    let setup = Setup::new();
    let answer = setup.client.query("ec2", REGION, &setup.account, "GetAllowedImagesSettings", &[]);
    assert!(matches!(answer, Err(Error::Unsupported { .. })));
    assert_eq!(setup.proxy.calls().unsupported().actions(), ["GetAllowedImagesSettings"]);
}

#[test]
fn a_dropped_proxy_accepts_nothing_more() {
    let proxy = FaultProxy::start(TestBed::emulator().endpoint());
    let client = Client::new(proxy.endpoint()).unwrap();
    assert!(client.assume_role("100000009999").is_ok());
    drop(proxy);
    let begin = Instant::now();
    while client.query("sts", REGION, "123456789012", "GetCallerIdentity", &[]).is_ok() {
        assert!(begin.elapsed() < Duration::from_secs(10), "the proxy still answers");
    }
}
