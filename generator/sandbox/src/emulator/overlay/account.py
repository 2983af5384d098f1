"""AWS Account Management: names, root e-mail addresses and regions of accounts."""

import re

from moto.account import urls
from moto.account.models import AccountBackend, account_backends
from moto.account.responses import AccountResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.organizations.models import organizations_backends

from overlay.accounts import go_on
from overlay.organizations import administers
from overlay.patch import added_to, page
from overlay.policy_types import is_trusted

# The one-time password of every change of an address: nobody here reads mail.
OTP = "424242"

# Regions that an account has only after it asked for them.
# https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
OPT_IN = """af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6
ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1""".split()
DEFAULT = """ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1
eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2""".split()
# A region is on its way this often when it is asked about; on AWS this takes minutes to hours.
LOOKS = 2

PATHS = """acceptPrimaryEmailUpdate disableRegion enableRegion getAccountInformation getPrimaryEmail getRegionOptStatus
listRegions putAccountName startPrimaryEmailUpdate""".split()
urls.url_paths.update({"{0}/" + path + "$": AccountResponse.dispatch for path in PATHS})


class Refused(ServiceException):
    """An error of this service: moto takes an error of its own core for one of another service."""


init_of_moto = AccountBackend.__init__


@added_to(AccountBackend)
def __init__(self, region_name, account_id):
    init_of_moto(self, region_name, account_id)
    self.name = account_id
    self.created = utcnow()
    self.next_email = None
    self.statuses = {region: "DISABLED" for region in OPT_IN}
    self.looks = {}


def denied():
    return Refused(
        "AccessDeniedException",
        "User is not authorized to perform this operation on the account.",
    )


def member(caller, account):
    """The account as its organization knows it; `None` for an account outside any.

    https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html
    """
    management = organizations_backends.master_accounts.get(account, (account, "aws"))
    management = organizations_backends[management[0]][management[1]]
    if management.org:
        go_on(management)
    found = next((it for it in management.accounts if it.id == account), None)
    if caller != account:
        rules = management.account_id == caller or administers(management, caller)
        if not found or not rules or not is_trusted(management, "account.amazonaws.com"):
            raise denied()
    return found


@added_to(AccountResponse)
def _get_account_id(self):
    """Only another account is named: the caller's own id is refused when the management account gives it."""
    given = self._get_param("AccountId")
    if given == self.current_account and organizations_backends[given]["aws"].org:
        raise denied()
    account = given or self.current_account
    member(self.current_account, account)
    return account


def backend(response, account):
    return account_backends[account][response.partition]


@added_to(AccountResponse)
def put_account_name(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html"""
    name, account = self._get_param("AccountName"), self._get_account_id()
    if not re.fullmatch(r"[ -;=?-~]{1,50}", name):
        raise Refused("ValidationException", "The account name is not valid.")
    backend(self, account).name = name
    if known := member(account, account):
        known.name = name
    return EmptyResult()


@added_to(AccountResponse)
def get_account_information(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_GetAccountInformation.html"""
    account = self._get_account_id()
    known = member(account, account)
    return ActionResult(
        {
            "AccountId": account,
            "AccountName": known.name if known else backend(self, account).name,
            "AccountCreatedDate": (known.create_time if known else backend(self, account).created),
            "AccountState": known.state if known else "ACTIVE",
        }
    )


def mail_of(response):
    """Addresses are asked for from the organization, never by the account itself."""
    account = response._get_account_id()
    known = member(account, account)
    if account == response.current_account or known is None:
        raise denied()
    return known, backend(response, account)


@added_to(AccountResponse)
def get_primary_email(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_GetPrimaryEmail.html"""
    return ActionResult({"PrimaryEmail": mail_of(self)[0].email})


@added_to(AccountResponse)
def start_primary_email_update(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html"""
    known, stored = mail_of(self)
    email = self._get_param("PrimaryEmail")
    management = organizations_backends[known.master_account_id]["aws"]
    if any(it.email.lower() == email.lower() for it in management.accounts):
        raise Refused("ConflictException", "The email address is in use.")
    stored.next_email = email
    return ActionResult({"Status": "PENDING"})


@added_to(AccountResponse)
def accept_primary_email_update(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_AcceptPrimaryEmailUpdate.html"""
    known, stored = mail_of(self)
    if stored.next_email is None or stored.next_email != self._get_param("PrimaryEmail"):
        raise Refused("ResourceNotFoundException", "No update of this address is pending.")
    if self._get_param("Otp") != OTP:
        raise Refused("ValidationException", "The OTP is not valid.")
    known.email, stored.next_email = stored.next_email, None
    return ActionResult({"Status": "ACCEPTED"})


def status_of(stored, region):
    """The status now; a look brings what is on its way further."""
    if region in DEFAULT:
        return "ENABLED_BY_DEFAULT"
    if region not in stored.statuses:
        raise Refused("ValidationException", "The region does not exist.")
    status = stored.statuses[region]
    if status in ["ENABLING", "DISABLING"]:
        stored.looks[region] -= 1
        if stored.looks[region] == 0:
            stored.statuses[region] = status[:-3] + "ED"
    return status


@added_to(AccountResponse)
def list_regions(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html"""
    stored = backend(self, self._get_account_id())
    wanted = self._get_param("RegionOptStatusContains")
    names = sorted([*DEFAULT, *OPT_IN])
    found = [{"RegionName": it, "RegionOptStatus": status_of(stored, it)} for it in names]
    found = [it for it in found if not wanted or it["RegionOptStatus"] in wanted]
    token, size = self._get_param("NextToken"), self._get_param("MaxResults")
    found, token = page(found, token, size, 50)
    return ActionResult({"Regions": found, "NextToken": token})


@added_to(AccountResponse)
def get_region_opt_status(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_GetRegionOptStatus.html"""
    region = self._get_param("RegionName")
    status = status_of(backend(self, self._get_account_id()), region)
    return ActionResult({"RegionName": region, "RegionOptStatus": status})


def change_region(response, before, on_the_way):
    stored = backend(response, response._get_account_id())
    region = response._get_param("RegionName")
    status = status_of(stored, region)
    if status.endswith("ING"):
        raise Refused("ConflictException", "The region is being changed.")
    if status == "ENABLED_BY_DEFAULT":
        raise Refused("ValidationException", "The region is always enabled and cannot be changed.")
    if status == before:
        stored.statuses[region] = on_the_way
        stored.looks[region] = LOOKS
    return EmptyResult()


@added_to(AccountResponse)
def enable_region(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html"""
    return change_region(self, "DISABLED", "ENABLING")


@added_to(AccountResponse)
def disable_region(self):
    """https://docs.aws.amazon.com/accounts/latest/reference/API_DisableRegion.html"""
    return change_region(self, "ENABLED", "DISABLING")
