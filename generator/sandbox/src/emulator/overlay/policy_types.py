"""AWS Organizations: the types of policies, their limits, and how they are switched on and off."""

import json

from moto.organizations.exceptions import PolicyTypeNotEnabledException
from moto.organizations.models import (
    FakePolicy,
    FakeRoot,
    FakeServiceAccess,
    OrganizationsBackend,
)

from overlay.organizations import constraint
from overlay.patch import added_to

# Characters of a document, and documents attached to one target; as read on 2026-11-21.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
LIMITS = {
    "SERVICE_CONTROL_POLICY": (10240, 10),
    "RESOURCE_CONTROL_POLICY": (5120, 5),
    "AISERVICES_OPT_OUT_POLICY": (2500, 5),
    "BACKUP_POLICY": (10000, 10),
    "CHATBOT_POLICY": (10000, 10),
    "DECLARATIVE_POLICY_EC2": (10000, 10),
    "INSPECTOR_POLICY": (10000, 10),
    "S3_POLICY": (10000, 10),
    "SECURITYHUB_POLICY": (10000, 10),
    "TAG_POLICY": (10000, 10),
}
# What allows and denies; the other types say how things are.
AUTHORIZATION = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
FakePolicy.SUPPORTED_POLICY_TYPES = FakeRoot.SUPPORTED_POLICY_TYPES = list(LIMITS)

# Types that a service must be trusted for.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_security_hub.html
TRUST = {"SECURITYHUB_POLICY": "securityhub.amazonaws.com"}


def root_of(backend):
    return next(ou for ou in backend.ou if isinstance(ou, FakeRoot))


def is_enabled(backend, kind):
    return any(it["Type"] == kind for it in root_of(backend).policy_types)


enable_at_once = FakeRoot.add_policy_type
show_root = FakeRoot.describe


@added_to(FakeRoot)
def add_policy_type(self, policy_type):
    """A type is not enabled or disabled at once: roots show it as pending first.

    https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html
    """
    enable_at_once(self, policy_type)
    self.policy_types[-1]["Status"] = "PENDING_ENABLE"
    self.pending = 2


@added_to(FakeRoot)
def remove_policy_type(self, policy_type):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html"""
    for each in self.policy_types:
        if each["Type"] == policy_type:
            each["Status"] = "PENDING_DISABLE"
            self.pending = 2
            return
    raise PolicyTypeNotEnabledException


@added_to(FakeRoot)
def describe(self):
    shown = json.loads(json.dumps(show_root(self)))
    self.pending = getattr(self, "pending", 0) - 1
    if self.pending == 0:
        kept = [it for it in self.policy_types if it["Status"] != "PENDING_DISABLE"]
        self.policy_types = [{**it, "Status": "ENABLED"} for it in kept]
    return shown


enable_any_type = OrganizationsBackend.enable_policy_type
disable_any_type = OrganizationsBackend.disable_policy_type
distrust_any = OrganizationsBackend.disable_aws_service_access
register_any = OrganizationsBackend.register_delegated_administrator


def is_trusted(backend, principal):
    return any(it["ServicePrincipal"] == principal for it in backend.services)


def check_trust(backend, principal):
    if principal and not is_trusted(backend, principal):
        raise constraint(
            "SERVICE_ACCESS_NOT_ENABLED",
            "You must enable service access before you can do this.",
        )


@added_to(OrganizationsBackend)
def enable_policy_type(self, **kwargs):
    check_trust(self, TRUST.get(kwargs["PolicyType"]))
    return enable_any_type(self, **kwargs)


@added_to(OrganizationsBackend)
def disable_policy_type(self, **kwargs):
    """All policies of the type lose their targets, but for those that AWS attaches again when it is enabled."""
    answer = disable_any_type(self, **kwargs)
    for policy in self.policies:
        if policy.type == kwargs["PolicyType"] and not policy.aws_managed:
            for target in policy.attachments:
                target.attached_policies.remove(policy)
            policy.attachments.clear()
    return answer


@added_to(OrganizationsBackend)
def disable_aws_service_access(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html"""
    for kind, principal in TRUST.items():
        if principal == kwargs["ServicePrincipal"] and is_enabled(self, kind):
            raise constraint(
                "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE",
                "You attempted to disable service access before you disabled the policy type.",
            )
    distrust_any(self, **kwargs)


@added_to(OrganizationsBackend)
def register_delegated_administrator(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html"""
    if FakeServiceAccess.trusted_service(kwargs["ServicePrincipal"]):
        check_trust(self, kwargs["ServicePrincipal"])
    register_any(self, **kwargs)
