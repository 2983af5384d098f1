"""IAM: central root access, the features that an organization has for the root users of its accounts."""

from moto.core.responses import ActionResult
from moto.iam.exceptions import IAMException
from moto.iam.responses import IamResponse
from moto.organizations.models import organizations_backends

from overlay.patch import added_to
from overlay.policy_types import is_trusted


def management_of(response):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html"""
    management = organizations_backends[response.current_account][response.partition]
    if response.current_account in organizations_backends.master_accounts:
        raise IAMException(
            "AccountNotManagementOrDelegatedAdministratorException",
            "The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.",
        )
    if not management.org:
        raise IAMException(
            "OrganizationNotFoundException",
            "The request was rejected because no organization is associated with your account.",
        )
    if not is_trusted(management, "iam.amazonaws.com"):
        raise IAMException(
            "ServiceAccessNotEnabledException",
            "The request was rejected because trusted access is not enabled for IAM in Organizations.",
        )
    return management.org


def change(response, feature, wanted):
    organization = management_of(response)
    features = set(getattr(organization, "root_features", []))
    features = features | {feature} if wanted else features - {feature}
    organization.root_features = sorted(features)
    return shown(organization)


def shown(organization):
    features = getattr(organization, "root_features", [])
    return ActionResult({"OrganizationId": organization.id, "EnabledFeatures": features})


@added_to(IamResponse)
def list_organizations_features(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html"""
    return shown(management_of(self))


@added_to(IamResponse)
def enable_organizations_root_credentials_management(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html"""
    return change(self, "RootCredentialsManagement", True)


@added_to(IamResponse)
def disable_organizations_root_credentials_management(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html"""
    return change(self, "RootCredentialsManagement", False)


@added_to(IamResponse)
def enable_organizations_root_sessions(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html"""
    return change(self, "RootSessions", True)


@added_to(IamResponse)
def disable_organizations_root_sessions(self):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html"""
    return change(self, "RootSessions", False)
