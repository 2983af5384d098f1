"""AWS Organizations: what the policies of an account say together."""

import json

from moto.organizations.responses import OrganizationsResponse

from overlay.organizations import Refused, line
from overlay.patch import added_to
from overlay.policies import target_of
from overlay.policy_types import is_enabled


def effective(backend, account, kind):
    """What the policies from the root down to an account say together: what is nearer wins.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_mgmt.html
    """
    merged = {}
    if is_enabled(backend, kind):
        for entity in line(backend, account):
            for policy in entity.attached_policies:
                if policy.type == kind:
                    merge(merged, json.loads(policy.content))
    return merged


def merge(into, policy):
    for key, value in policy.items():
        if key.startswith("@@"):
            continue
        if isinstance(value, dict) and "@@assign" in value:
            into[key] = value["@@assign"]
        elif isinstance(value, dict) and "@@append" in value:
            into[key] = [*into.get(key, []), *value["@@append"]]
        elif isinstance(value, dict):
            inner = into.setdefault(key, {})
            merge(inner, value)
        else:
            into[key] = value


@added_to(OrganizationsResponse)
def describe_effective_policy(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html"""
    backend, kind = self.organizations_backend, self._get_param("PolicyType")
    account = self._get_param("TargetId") or self.current_account
    document = effective(backend, target_of(backend, account), kind)
    if not document:
        raise Refused(
            "EffectivePolicyNotFoundException",
            "If you ran this action on the management account, this policy type is not enabled.",
        )
    found = {
        "PolicyContent": json.dumps(document),
        "TargetId": account,
        "PolicyType": kind,
    }
    return json.dumps({"EffectivePolicy": found})


@added_to(OrganizationsResponse)
def list_accounts_with_invalid_effective_policy(self):
    """None is invalid: the emulator does not know what each type may say.

    https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html
    """
    return json.dumps({"Accounts": [], "PolicyType": self._get_param("PolicyType")})


@added_to(OrganizationsResponse)
def list_effective_policy_validation_errors(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html"""
    found = {name: self._get_param(name) for name in ["AccountId", "PolicyType"]}
    return json.dumps({**found, "EffectivePolicyValidationErrors": []})
