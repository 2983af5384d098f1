"""AWS Budgets: budgets that change, and who is told."""

import json

from moto.budgets.models import budgets_backends
from moto.budgets.responses import BudgetsResponse
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time

from overlay.patch import added_to

create_any = BudgetsResponse.create_budget


def budgets_of(response):
    return budgets_backends[response.current_account][response.partition].budgets[
        response._get_param("AccountId")
    ]


def not_found(what):
    return JsonRESTError("NotFoundException", f"Unable to find {what}.")


def budget_of(response, name):
    found = budgets_of(response).get(name)
    if found is None:
        raise not_found(f"budget: {name}")
    return found


def notification_of(response, parameter="Notification"):
    wanted = response._get_param(parameter)
    for found in budget_of(response, response._get_param("BudgetName")).notifications:
        if all(found.details.get(name) == value for name, value in wanted.items()):
            return found
    raise not_found("notification")


@added_to(BudgetsResponse)
def create_budget(self):
    """With the tags of the request, which moto does not keep."""
    answer = create_any(self)
    name = self._get_param("Budget")["BudgetName"]
    budget_of(self, name).tags = self._get_param("ResourceTags") or []
    return answer


@added_to(BudgetsResponse)
def update_budget(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_UpdateBudget.html"""
    wanted = self._get_param("NewBudget")
    budget = budget_of(self, wanted["BudgetName"])
    kept = {"TimePeriod": budget.budget["TimePeriod"]}
    budget.budget = {**kept, **wanted, "LastUpdatedTime": unix_time()}
    return "{}"


@added_to(BudgetsResponse)
def update_notification(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_UpdateNotification.html"""
    notification_of(self, "OldNotification").details = self._get_param("NewNotification")
    return "{}"


@added_to(BudgetsResponse)
def describe_subscribers_for_notification(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeSubscribersForNotification.html"""
    return json.dumps({"Subscribers": notification_of(self).subscribers})


@added_to(BudgetsResponse)
def create_subscriber(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateSubscriber.html"""
    notification_of(self).subscribers.append(self._get_param("Subscriber"))
    return "{}"


@added_to(BudgetsResponse)
def delete_subscriber(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DeleteSubscriber.html"""
    found = notification_of(self)
    if self._get_param("Subscriber") not in found.subscribers:
        raise not_found("subscriber")
    found.subscribers.remove(self._get_param("Subscriber"))
    if not found.subscribers:
        name = self._get_param("BudgetName")
        budget_of(self, name).notifications.remove(found)
    return "{}"


def tagged(response):
    """https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html"""
    arn = response._get_param("ResourceARN")
    name = arn.split(":budget/", 1)[-1]
    found = budgets_backends[response.current_account][response.partition].budgets
    found = found[response.current_account].get(name)
    if found is None:
        raise not_found(arn)
    return found


@added_to(BudgetsResponse)
def list_tags_for_resource(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_ListTagsForResource.html"""
    return json.dumps({"ResourceTags": getattr(tagged(self), "tags", [])})


@added_to(BudgetsResponse)
def tag_resource(self):
    """https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_TagResource.html"""
    found, tags = tagged(self), self._get_param("ResourceTags")
    keys = [tag["Key"] for tag in tags]
    kept = [tag for tag in getattr(found, "tags", []) if tag["Key"] not in keys]
    found.tags = [*kept, *tags]
    return "{}"
