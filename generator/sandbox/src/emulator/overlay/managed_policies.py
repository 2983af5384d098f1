"""IAM: AWS's managed policies, read once for all accounts.

moto reads several megabytes anew for each account that is made, which an organization of hundreds feels. Their content is
unchanged.
"""

import functools
import json
from datetime import datetime

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

from overlay.patch import added_to


@functools.cache
def read():
    def arguments(data):
        return {
            "default_version_id": data.get("DefaultVersionId"),
            "path": data.get("Path"),
            "document": json.dumps(data.get("Document")),
            "create_date": datetime.fromisoformat(data["CreateDate"]),
            "update_date": datetime.fromisoformat(data["UpdateDate"]),
        }

    policies = json.loads(aws_managed_policies_data)
    return {name: arguments(data) for name, data in policies.items()}


@added_to(IAMBackend)
def _init_aws_policies(self):
    place = {"account_id": self.account_id, "region": self.region_name}
    return [AWSManagedPolicy(name, **place, **data) for name, data in read().items()]
