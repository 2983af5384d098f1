"""AWS Organizations: what a policy may say, and where it may be attached."""

import json

from moto.organizations.exceptions import PolicyTypeNotEnabledException
from moto.organizations.models import FakePolicy, OrganizationsBackend
from moto.organizations.responses import OrganizationsResponse

from overlay.organizations import Refused, constraint
from overlay.patch import added_to, page
from overlay.policy_types import AUTHORIZATION, LIMITS, is_enabled

init_of_moto = FakePolicy.__init__


@added_to(FakePolicy)
def __init__(self, organization, **kwargs):
    """Takes every type: moto knows the ARNs of some only.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
    """
    wanted = kwargs.get("Type", "")
    known = wanted in ["AISERVICES_OPT_OUT_POLICY", "TAG_POLICY", *AUTHORIZATION]
    if wanted in LIMITS and not known:
        kwargs["Type"] = "TAG_POLICY"
    init_of_moto(self, organization, **kwargs)
    self.type = wanted
    self._arn_format = "arn:{0}:organizations::{1}:policy/{2}/" + wanted.lower() + "/{3}"


def check_content(kind, content):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_MalformedPolicyDocumentException.html"""
    try:
        document = json.loads(content)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not document:
        raise malformed("The provided policy document is not valid JSON.")
    if kind in AUTHORIZATION:
        statements = document.get("Statement", [])
        for statement in statements if isinstance(statements, list) else [statements]:
            check_statement(kind, statement)
        if not statements:
            raise malformed("The policy has no statement.")
    if kind in LIMITS and len(content) > LIMITS[kind][0]:
        raise constraint(
            "POLICY_CONTENT_LIMIT_EXCEEDED",
            "You have exceeded the maximum policy size allowed.",
        )


def check_statement(kind, statement):
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html"""
    resource = kind == "RESOURCE_CONTROL_POLICY"
    effects = ["Deny"] if resource else ["Allow", "Deny"]
    if statement.get("Effect") not in effects:
        raise malformed("The policy contains a statement with an invalid effect.")
    if ("Action" in statement) == ("NotAction" in statement):
        raise malformed("A statement needs either Action or NotAction.")
    if ("Principal" in statement) != resource or statement.get("Principal", "*") != "*":
        raise malformed(
            "A resource control policy is for all principals, and a service control policy names none."
        )
    if resource and "Resource" not in statement and "NotResource" not in statement:
        raise malformed("A statement needs either Resource or NotResource.")


def malformed(message):
    return Refused("MalformedPolicyDocumentException", message)


create_any = OrganizationsBackend.create_policy
update_any = OrganizationsBackend.update_policy


@added_to(OrganizationsBackend)
def create_policy(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html"""
    check_content(kwargs.get("Type"), kwargs["Content"])
    return create_any(self, **kwargs)


@added_to(OrganizationsBackend)
def update_policy(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html"""
    if "Content" in kwargs:
        check_content(self.get_policy_by_id(kwargs["PolicyId"]).type, kwargs["Content"])
    return update_any(self, **kwargs)


def target_of(backend, target_id):
    for target in [*backend.ou, *backend.accounts]:
        if target.id == target_id:
            return target
    raise Refused("TargetNotFoundException", "You specified a target that doesn't exist.")


@added_to(OrganizationsResponse)
def attach_policy(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html"""
    backend = self.organizations_backend
    policy = backend.get_policy_by_id(self._get_param("PolicyId"))
    target = target_of(backend, self._get_param("TargetId"))
    if not is_enabled(backend, policy.type):
        raise PolicyTypeNotEnabledException
    if policy in target.attached_policies:
        raise Refused(
            "DuplicatePolicyAttachmentException",
            "The selected policy is already attached to the specified target.",
        )
    attached = [it for it in target.attached_policies if it.type == policy.type]
    if len(attached) >= LIMITS[policy.type][1]:
        raise constraint(
            "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "You have attached the maximum number of policies to the specified target.",
        )
    target.attached_policies.append(policy)
    policy.attachments.append(target)
    return "{}"


@added_to(OrganizationsResponse)
def detach_policy(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html"""
    backend = self.organizations_backend
    policy = backend.get_policy_by_id(self._get_param("PolicyId"))
    target = target_of(backend, self._get_param("TargetId"))
    if policy not in target.attached_policies:
        raise Refused(
            "PolicyNotAttachedException",
            "The policy isn't attached to the specified target in the specified root.",
        )
    attached = [it for it in target.attached_policies if it.type == policy.type]
    last = policy.type == "SERVICE_CONTROL_POLICY" and len(attached) == 1
    if last or policy.id == "p-RCPFullAWSAccess":
        raise constraint(
            "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "You cannot remove the last policy attached to the specified target.",
        )
    target.attached_policies.remove(policy)
    policy.attachments.remove(target)
    return "{}"


@added_to(OrganizationsResponse)
def list_policies_for_target(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html"""
    backend = self.organizations_backend
    target, kind = target_of(backend, self._get_param("TargetId")), self._get_param("Filter")
    found = [it for it in target.attached_policies if it.type == kind]
    return policies_page(self, found if is_enabled(backend, kind) else [])


@added_to(OrganizationsResponse)
def list_policies(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html"""
    kind = self._get_param("Filter")
    if kind not in LIMITS:
        raise Refused("InvalidInputException", "You specified an invalid value.")
    return policies_page(
        self, [it for it in self.organizations_backend.policies if it.type == kind]
    )


def policies_page(response, policies):
    token, size = response._get_param("NextToken"), response._get_param("MaxResults")
    policies, token = page(policies, token, size, 20)
    policies = [policy.describe()["Policy"]["PolicySummary"] for policy in policies]
    return json.dumps({"Policies": policies, "NextToken": token})


list_all_targets = OrganizationsBackend.list_targets_for_policy


@added_to(OrganizationsResponse)
def list_targets_for_policy(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html"""
    backend = self.organizations_backend
    policy = backend.get_policy_by_id(self._get_param("PolicyId"))
    found = list_all_targets(backend, PolicyId=policy.id)["Targets"]
    if not is_enabled(backend, policy.type):
        found = []
    token, size = self._get_param("NextToken"), self._get_param("MaxResults")
    found, token = page(found, token, size, 20)
    return json.dumps({"Targets": found, "NextToken": token})
