"""AWS Organizations: how accounts come, move and go."""

import json
import threading
import time

from moto.core.utils import unix_time, utcnow
from moto.organizations import utils
from moto.organizations.exceptions import (
    AccountAlreadyClosedException,
    AWSOrganizationsNotInUseException,
)
from moto.organizations.models import FakeAccount, OrganizationsBackend
from moto.organizations.responses import OrganizationsResponse

from overlay.organizations import Refused, constraint
from overlay.patch import added_to, page

# A request for an account is in progress this often when it is asked about, and at most this long.
POLLS, SECONDS = 2, 10

# What a closed account shows when it is looked at, one after the other: it may seem open again for some minutes
# before it is closed for good. https://github.com/hashicorp/terraform-provider-aws/issues/46284
CLOSING = ["PENDING_CLOSURE", "ACTIVE", "PENDING_CLOSURE", "CLOSED"]


class Request:
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html"""

    def __init__(self, wanted):
        self.id = utils.make_random_create_account_status_id()
        self.wanted = wanted
        self.begun = utcnow()
        self.deadline = time.monotonic() + SECONDS
        self.polls = POLLS
        self.end = None
        self.account = None

    def describe(self):
        status = {
            "Id": self.id,
            "AccountName": self.wanted["AccountName"],
            "State": "IN_PROGRESS",
            "RequestedTimestamp": unix_time(self.begun),
        }
        if self.end:
            status["CompletedTimestamp"] = unix_time(self.end)
            status["State"] = "SUCCEEDED" if self.account else "FAILED"
            if self.account:
                status["AccountId"] = self.account.id
            else:
                status["FailureReason"] = "EMAIL_ALREADY_EXISTS"
        return status


empty = OrganizationsBackend._reset


@added_to(OrganizationsBackend)
def _reset(self):
    empty(self)
    self.requests = []


create_at_once = OrganizationsBackend.create_account


@added_to(OrganizationsBackend)
def create_account(self, **kwargs):
    """The account comes later. An address is used once; AWS asks this of all accounts there are, the emulator of those in
    one organization, because tests share it.

    https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html
    """
    if self.org is None:
        raise AWSOrganizationsNotInUseException
    request = Request(kwargs)
    self.requests.append(request)
    return {"CreateAccountStatus": request.describe()}


# Requests to the emulator run side by side, and each account is made once.
MAKING = threading.Lock()


def go_on(backend, polled=None):
    """Ends the requests whose time has come."""
    with MAKING:
        for request in backend.requests:
            if request is polled:
                request.polls -= 1
            waits = request.polls >= 0 and time.monotonic() < request.deadline
            if request.end is None and not waits:
                make(backend, request)


def make(backend, request):
    email = request.wanted["Email"].lower()
    if all(account.email.lower() != email for account in backend.accounts):
        create_at_once(backend, **request.wanted)
        request.account = backend.accounts[-1]
    request.end = utcnow()


@added_to(OrganizationsBackend)
def describe_create_account_status(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html"""
    for request in self.requests:
        if request.id == kwargs["CreateAccountRequestId"]:
            go_on(self, request)
            return {"CreateAccountStatus": request.describe()}
    raise Refused(
        "CreateAccountStatusNotFoundException",
        "We can't find an create account request with the CreateAccountRequestId that you specified.",
    )


@added_to(OrganizationsBackend)
def list_create_account_status(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html"""
    go_on(self)
    found = [request.describe() for request in self.requests]
    if states := kwargs.get("States"):
        found = [status for status in found if status["State"] in states]
    found, token = page(found, kwargs.get("NextToken"), kwargs.get("MaxResults"), 20)
    return {"CreateAccountStatuses": found, "NextToken": token}


@added_to(FakeAccount)
def describe(self):
    """Without `Status`, which AWS has retired.

    https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
    """
    closing = getattr(self, "closing", [])
    if closing:
        self.state = closing.pop(0)
    return {
        "Id": self.id,
        "Arn": self.arn,
        "Email": self.email,
        "Name": self.name,
        "State": self.state,
        "Paths": [self.path],
        "JoinedMethod": self.joined_method,
        "JoinedTimestamp": unix_time(self.create_time),
    }


@added_to(FakeAccount)
def close(self):
    if self.state != "ACTIVE" or getattr(self, "closing", []):
        raise AccountAlreadyClosedException
    self.state = CLOSING[0]
    self.closing = list(CLOSING)


close_any = OrganizationsBackend.close_account


@added_to(OrganizationsBackend)
def close_account(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html"""
    if kwargs["AccountId"] == self.account_id:
        raise constraint(
            "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
            "You attempted to close the management account.",
        )
    close_any(self, **kwargs)


@added_to(OrganizationsResponse)
def list_accounts(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html"""
    return described_page(self, lambda account: True)


@added_to(OrganizationsResponse)
def list_accounts_for_parent(self):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html"""
    parent = self.organizations_backend.validate_parent_id(self._get_param("ParentId"))
    return described_page(self, lambda account: account.parent_id == parent)


def described_page(response, wanted):
    backend = response.organizations_backend
    go_on(backend)
    found = [account for account in backend.accounts if wanted(account)]
    token, size = response._get_param("NextToken"), response._get_param("MaxResults")
    found, token = page(found, token, size, 20)
    found = [account.describe() for account in found]
    return json.dumps({"Accounts": found, "NextToken": token})


@added_to(OrganizationsBackend)
def move_account(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html"""
    account = self.get_account_by_id(kwargs["AccountId"])
    source, destination = kwargs["SourceParentId"], kwargs["DestinationParentId"]
    if account.parent_id != source:
        raise Refused(
            "SourceParentNotFoundException",
            "We can't find a source root or OU with the ParentId that you specified.",
        )
    if all(ou.id != destination for ou in self.ou):
        raise Refused(
            "DestinationParentNotFoundException",
            "We can't find the destination container (a root or OU) with the ParentId that you specified.",
        )
    if destination == source:
        raise Refused(
            "DuplicateAccountException",
            "That account is already present in the specified destination.",
        )
    account.parent_id = destination


leave_any = OrganizationsBackend.remove_account_from_organization


@added_to(OrganizationsBackend)
def remove_account_from_organization(self, **kwargs):
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html"""
    account = kwargs["AccountId"]
    if account == self.account_id:
        raise Refused(
            "MasterCannotLeaveOrganizationException",
            "You can't remove a management account from an organization.",
        )
    if any(admin.account.id == account for admin in self.admins):
        raise constraint(
            "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
            "You attempted to remove an account that is registered as a delegated administrator.",
        )
    self.get_account_by_id(account)
    leave_any(self, AccountId=account)
