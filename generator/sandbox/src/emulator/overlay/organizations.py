"""AWS Organizations: who may call, the tree of organizational units, and the principals of its services."""

import json

from moto.organizations.exceptions import (
    AWSOrganizationsNotInUseException,
    DuplicateOrganizationalUnitException,
    OrganizationsClientError,
)
from moto.organizations.models import (
    FakeAccount,
    FakeDelegatedAdministrator,
    FakeOrganizationalUnit,
    FakeServiceAccess,
    OrganizationsBackend,
    organizations_backends,
)
from moto.organizations.responses import OrganizationsResponse

from overlay.patch import added_to, page


class Refused(OrganizationsClientError):
    """An error with the reason that AWS gives beside the message.

    https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html
    """

    def __init__(self, code, message, reason=None):
        super().__init__(code, message)
        if reason:
            self.Reason = reason


def constraint(reason, message):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ConstraintViolationException.html"""
    return Refused("ConstraintViolationException", message, reason)


# What any account of an organization may ask.
# https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
FOR_EVERYBODY = {"DescribeOrganization", "DescribeEffectivePolicy"}


def administers(management, account):
    return any(admin.account.id == account for admin in management.admins)


@property
def organizations_backend(self):
    """The organization of the caller. Only the management account changes it; a delegated administrator may look.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
    """
    action = self._get_action()
    own = organizations_backends[self.current_account][self.partition]
    if own.org or action == "CreateOrganization":
        return own
    if self.current_account not in organizations_backends.master_accounts:
        raise AWSOrganizationsNotInUseException
    management, partition = organizations_backends.master_accounts[self.current_account]
    management = organizations_backends[management][partition]
    looks = action.startswith(("Describe", "List"))
    if action in FOR_EVERYBODY or (looks and administers(management, self.current_account)):
        return management
    raise Refused(
        "AccessDeniedException",
        "You don't have permissions to access this resource.",
    )


OrganizationsResponse.organizations_backend = organizations_backend


# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
FakeServiceAccess.TRUSTED_SERVICES += [
    "aws-account.amazonaws.com",
    "bedrock.amazonaws.com",
    "billing-cost-management.amazonaws.com",
    "cost-optimization-hub.bcm.amazonaws.com",
    "ec2.amazonaws.com",
    "iam.amazonaws.com",
    "malware-protection.guardduty.amazonaws.com",
    "network-firewall.amazonaws.com",
    "notifications.amazonaws.com",
    "observabilityadmin.amazonaws.com",
    "resource-explorer-2.amazonaws.com",
    "s3.amazonaws.com",
    "servicequotas.amazonaws.com",
]
# Each service with trusted access may also have a delegated administrator, with few exceptions.
FakeDelegatedAdministrator.SUPPORTED_SERVICES = FakeServiceAccess.TRUSTED_SERVICES

# One OU below the other, the root not counted.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
DEPTH = 5


def line(backend, entity):
    """The OUs from the root down to `entity`, the root first and `entity` last."""
    above = next((ou for ou in backend.ou if ou.id == entity.parent_id), None)
    return [*(line(backend, above) if above else []), entity]


@property
def path(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html"""
    backend = organizations_backends[self.master_account_id]["aws"]
    ids = [each.id for each in line(backend, self)]
    return "/".join([self.organization_id, *ids]) + "/"


FakeOrganizationalUnit.path = path
FakeAccount.path = path


@added_to(FakeOrganizationalUnit)
def describe(self):
    return {
        "OrganizationalUnit": {
            "Id": self.id,
            "Arn": self.arn,
            "Name": self.name,
            "Path": self.path,
        }
    }


def siblings(backend, parent_id):
    return [ou for ou in backend.ou if ou.parent_id == parent_id]


create_anywhere = OrganizationsBackend.create_organizational_unit


@added_to(OrganizationsBackend)
def create_organizational_unit(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html"""
    parent = self.validate_parent_id(kwargs["ParentId"])
    if any(ou.name == kwargs["Name"] for ou in siblings(self, parent)):
        raise DuplicateOrganizationalUnitException
    # The line counts the root, and the new OU is not yet in it.
    if len(line(self, self.get_organizational_unit_by_id(parent))) > DEPTH:
        raise constraint("OU_DEPTH_LIMIT_EXCEEDED", "You have exceeded the allowed OU depth.")
    return create_anywhere(self, **kwargs)


@added_to(OrganizationsBackend)
def update_organizational_unit(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html"""
    ou = self.get_organizational_unit_by_id(kwargs["OrganizationalUnitId"])
    name = kwargs.get("Name", ou.name)
    if any(other.name == name for other in siblings(self, ou.parent_id) if other != ou):
        raise DuplicateOrganizationalUnitException
    ou.name = name
    return ou.describe()


@added_to(OrganizationsBackend)
def delete_organizational_unit(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html"""
    ou = self.get_organizational_unit_by_id(kwargs["OrganizationalUnitId"])
    if siblings(self, ou.id) or any(it.parent_id == ou.id for it in self.accounts):
        raise Refused(
            "OrganizationalUnitNotEmptyException",
            "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.",
        )
    for policy in ou.attached_policies:
        policy.attachments.remove(ou)
    self.ou.remove(ou)


@added_to(OrganizationsResponse)
def list_organizational_units_for_parent(self):
    backend = self.organizations_backend
    parent = backend.validate_parent_id(self._get_param("ParentId"))
    ous, token = page(
        siblings(backend, parent),
        self._get_param("NextToken"),
        self._get_param("MaxResults"),
        20,
    )
    ous = [ou.describe()["OrganizationalUnit"] for ou in ous]
    return json.dumps({"OrganizationalUnits": ous, "NextToken": token})
